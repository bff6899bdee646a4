// LEVELS(F): F(n, n - 1) for each level of a chain of DEPTH calls but the
// lowest, which is level 1. TOP(name) is the highest one's name.
#ifndef BENCH_LEVELS_H
#define BENCH_LEVELS_H

// clang-format off: a table.
#define LEVELS_TO_2(F) F(2, 1)
#define LEVELS_TO_4(F) LEVELS_TO_2(F) F(3, 2) F(4, 3)
#define LEVELS_TO_5(F) LEVELS_TO_4(F) F(5, 4)
#define LEVELS_TO_16(F)                                                        \
  LEVELS_TO_5(F) F(6, 5) F(7, 6) F(8, 7) F(9, 8) F(10, 9) F(11, 10) F(12, 11)  \
  F(13, 12) F(14, 13) F(15, 14) F(16, 15)
#define LEVELS_TO_17(F) LEVELS_TO_16(F) F(17, 16)
#define LEVELS_TO_65(F)                                                        \
  LEVELS_TO_17(F) F(18, 17) F(19, 18) F(20, 19) F(21, 20) F(22, 21) F(23, 22)  \
  F(24, 23) F(25, 24) F(26, 25) F(27, 26) F(28, 27) F(29, 28) F(30, 29)        \
  F(31, 30) F(32, 31) F(33, 32) F(34, 33) F(35, 34) F(36, 35) F(37, 36)        \
  F(38, 37) F(39, 38) F(40, 39) F(41, 40) F(42, 41) F(43, 42) F(44, 43)        \
  F(45, 44) F(46, 45) F(47, 46) F(48, 47) F(49, 48) F(50, 49) F(51, 50)        \
  F(52, 51) F(53, 52) F(54, 53) F(55, 54) F(56, 55) F(57, 56) F(58, 57)        \
  F(59, 58) F(60, 59) F(61, 60) F(62, 61) F(63, 62) F(64, 63) F(65, 64)
// clang-format on
#define LEVELS_TO_1(F)

#define LEVELS_PASTE_(a, b) a##b
#define LEVELS_PASTE(a, b) LEVELS_PASTE_(a, b)
#define LEVELS(F) LEVELS_PASTE(LEVELS_TO_, DEPTH)(F)
#define TOP(name) LEVELS_PASTE(name, DEPTH)

// Whether a level is small and goes into its caller, or is a function apart.
#ifdef EMBEDDED
#define LEVEL __attribute__((noinline))
#else
#define LEVEL
#endif

#endif
