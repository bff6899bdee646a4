package main

// #include <stdint.h>
import "C"
import "runtime"

// Two goroutines on one processor, each with a channel the other wakes it by.
func play(count uint64, mine, other chan bool) {
	for i := uint64(0); i < count; i++ {
		<-mine
		other <- true
	}
}

//export bench_run
func bench_run(count C.uint64_t) C.uint64_t {
	runtime.GOMAXPROCS(1)
	a, b := make(chan bool, 1), make(chan bool, 1)
	a <- true
	done := make(chan bool)
	go func() {
		play(uint64(count/2), b, a)
		done <- true
	}()
	play(uint64(count/2), a, b)
	<-done
	return 0
}

func main() {}
