/* Included before all else: counts the read-modify-writes of what follows. */
#ifndef CORO_TEST_COUNT_ATOMICS_H
#define CORO_TEST_COUNT_ATOMICS_H

extern int atomics;

#define __atomic_exchange_n(...) (atomics++, __atomic_exchange_n(__VA_ARGS__))
#define __atomic_compare_exchange_n(...)                                       \
  (atomics++, __atomic_compare_exchange_n(__VA_ARGS__))
#define __atomic_fetch_add(...) (atomics++, __atomic_fetch_add(__VA_ARGS__))
#define __atomic_fetch_sub(...) (atomics++, __atomic_fetch_sub(__VA_ARGS__))
#define __atomic_fetch_or(...) (atomics++, __atomic_fetch_or(__VA_ARGS__))

#endif
