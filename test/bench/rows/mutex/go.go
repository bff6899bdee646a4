package main

// #include <stdint.h>
// void bench_pin(int n);
import "C"
import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Set by the compiler's flags.
var CONTENDED = "0"

// Both begin at once, each on a processor of its own: else one is done before
// the other is there.
func meet(here *int32) {
	runtime.LockOSThread()
	C.bench_pin(C.int(atomic.AddInt32(here, 1) - 1))
	for atomic.LoadInt32(here) < 2 {
		runtime.Gosched()
	}
}

func run(mutex *sync.Mutex, inside *uint64, count uint64) {
	for i := uint64(0); i < count; i++ {
		mutex.Lock()
		*inside++
		mutex.Unlock()
	}
}

//export bench_run
func bench_run(count C.uint64_t) C.uint64_t {
	var mutex sync.Mutex
	var inside uint64
	if CONTENDED == "1" {
		done := make(chan bool)
		var here int32
		half := uint64(count) / 2
		go func() {
			meet(&here)
			run(&mutex, &inside, half)
			done <- true
		}()
		meet(&here)
		run(&mutex, &inside, uint64(count)-half)
		<-done
	} else {
		run(&mutex, &inside, uint64(count))
	}
	return C.uint64_t(inside)
}

func main() {}
