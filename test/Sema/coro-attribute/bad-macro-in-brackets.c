// RUN: %coro -std=c23 -fsyntax-only -Xclang -verify %s
// The macro coro_frame is no attribute's name; [[frame]] is nobody's.
#include <coro/coro.h>

[[coro::coro_frame(64)]] yields int macro(void); // expected-error {{this word takes an argument and is a macro of coro.h, which cannot stand in [[coro::...]]; write it without the brackets [coro-attribute]}}
[[coro::yields_of(int)]] void generator(void);   // expected-error {{this word takes an argument and is a macro of coro.h}}
[[frame(64)]] int unscoped(void);                // expected-warning {{unknown attribute 'frame' ignored}}
[[other::frame(64)]] int foreign(void);          // expected-warning {{unknown attribute}}
[[coro::frame(0)]] yields int zero(void);        // expected-error {{coro_frame takes the frame's size in bytes}}
[[coro::frame]] yields int none(void);           // expected-error {{frame' attribute takes one argument}}
