package main

// #include <stdint.h>
// extern uint64_t bench_step;
import "C"
import (
	"runtime"
	"sync"
)

// Set by the compiler's flags.
var TREE = "0"

var results []uint64
var live sync.WaitGroup

func work(n uint64) {
	results[n] = n ^ uint64(C.bench_step)
	live.Done()
}

func grow(n uint64) {
	for child := 2*n + 1; child <= 2*n+2; child++ {
		if child < uint64(len(results)) {
			go grow(child)
		}
	}
	work(n)
}

//export bench_run
func bench_run(count C.uint64_t) C.uint64_t {
	runtime.GOMAXPROCS(2)
	if len(results) != int(count) {
		results = make([]uint64, count)
	}
	live.Add(int(count))
	if TREE == "1" {
		go grow(0)
	} else {
		go func() {
			for n := range results {
				go work(uint64(n))
			}
		}()
	}
	live.Wait()
	sum := uint64(0)
	for _, result := range results {
		sum += result
	}
	return C.uint64_t(sum)
}

func main() {}
