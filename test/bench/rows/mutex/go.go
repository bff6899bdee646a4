package main

// #include <stdint.h>
import "C"
import "sync"

// Set by the compiler's flags.
var CONTENDED = "0"

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
		half := uint64(count) / 2
		go func() {
			run(&mutex, &inside, half)
			done <- true
		}()
		run(&mutex, &inside, uint64(count)-half)
		<-done
	} else {
		run(&mutex, &inside, uint64(count))
	}
	return C.uint64_t(inside)
}

func main() {}
