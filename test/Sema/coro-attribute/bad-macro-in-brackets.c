// RUN: %coro -std=c23 -fsyntax-only -Xclang -verify %s
// The macro coro_frame is no attribute's name; [[frame]] is nobody's.
#include <coro/coro.h>

[[coro::coro_frame(64)]] yields int macro(void); // expected-error {{coro_frame(N) is a macro, which cannot stand in [[coro::...]]; write coro_frame(N) alone, or [[coro::frame(N)]] [coro-attribute]}}
[[frame(64)]] int unscoped(void);                // expected-warning {{unknown attribute 'frame' ignored}}
[[other::frame(64)]] int foreign(void);          // expected-warning {{unknown attribute}}
[[coro::frame(0)]] yields int zero(void);        // expected-error {{coro_frame takes the frame's size in bytes}}
[[coro::frame]] yields int none(void);           // expected-error {{frame' attribute takes one argument}}
