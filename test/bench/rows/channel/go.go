package main

// #include <stdint.h>
import "C"
import "runtime"

// Set by the compiler's flags: one processor or two.
var THREADS = "0"

//export bench_run
func bench_run(count C.uint64_t) C.uint64_t {
	if THREADS == "0" {
		runtime.GOMAXPROCS(1)
	}
	channel := make(chan uint64, 64)
	go func() {
		for i := uint64(0); i < uint64(count); i++ {
			channel <- i
		}
	}()
	var sum uint64
	for i := uint64(0); i < uint64(count); i++ {
		sum += <-channel
	}
	return C.uint64_t(sum)
}

func main() {}
