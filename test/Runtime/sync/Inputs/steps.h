/* Included before all else, in each unit: what interleave.h can switch at. */
#ifndef CORO_TEST_STEPS_H
#define CORO_TEST_STEPS_H

/* Another thread may go on here. */
void interleave_step(void);

/* After the operation: what comes between it and the next one that others see
 * is a part of the next one's step. */
#define INTERLEAVED(value)                                                     \
  __extension__({                                                              \
    __typeof__(value) interleaved_value = (value);                             \
    interleave_step();                                                         \
    interleaved_value;                                                         \
  })

#define __atomic_load_n(...) INTERLEAVED(__atomic_load_n(__VA_ARGS__))
#define __atomic_store_n(...) (__atomic_store_n(__VA_ARGS__), interleave_step())
#define __atomic_exchange_n(...) INTERLEAVED(__atomic_exchange_n(__VA_ARGS__))
#define __atomic_compare_exchange_n(...)                                       \
  INTERLEAVED(__atomic_compare_exchange_n(__VA_ARGS__))

#endif
