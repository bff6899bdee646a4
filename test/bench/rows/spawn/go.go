package main

// #include <stdint.h>
// extern uint64_t bench_step;
import "C"
import "runtime"

// Goroutines on one processor, 100,000 at once: they have stacks.
const atOnce = 100000

//export bench_run
func bench_run(count C.uint64_t) C.uint64_t {
	runtime.GOMAXPROCS(1)
	var sum uint64
	for begin := uint64(0); begin < uint64(count); begin += atOnce {
		end := begin + atOnce
		if end > uint64(count) {
			end = uint64(count)
		}
		live := end - begin
		done := make(chan bool)
		for n := begin; n < end; n++ {
			go func(n uint64) {
				kept := n ^ uint64(C.bench_step)
				runtime.Gosched()
				sum += kept
				live--
				if live == 0 {
					done <- true
				}
			}(n)
		}
		<-done
	}
	return C.uint64_t(sum)
}

func main() {}
