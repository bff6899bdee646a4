package main

// #include <stdint.h>
import "C"
import "runtime"

// Two goroutines, each on a thread of its own.
func play(count uint64, mine, other chan bool) {
	runtime.LockOSThread()
	for i := uint64(0); i < count; i++ {
		<-mine
		other <- true
	}
}

//export bench_run
func bench_run(count C.uint64_t) C.uint64_t {
	a, b := make(chan bool, 1), make(chan bool, 1)
	a <- true
	done := make(chan bool)
	go func() {
		play(uint64(count), b, a)
		done <- true
	}()
	play(uint64(count), a, b)
	<-done
	runtime.UnlockOSThread()
	return count
}

func main() {}
