/* Included before all else: spinning calls a function of the test. */
#ifndef CORO_TEST_COUNT_PAUSES_H
#define CORO_TEST_COUNT_PAUSES_H

void pause_here(void);
#define __builtin_ia32_pause() pause_here()

#endif
