package main

// #include <stdint.h>
import "C"
import "time"

// Set by the compiler's flags.
var REST = "0"

var others []*time.Timer
var random uint64 = 1

//export bench_run
func bench_run(count C.uint64_t) C.uint64_t {
	if REST == "1" {
		for i := uint64(0); i < uint64(count); i++ {
			go time.Sleep(time.Duration(i%1000+1) * time.Second)
		}
		time.Sleep(100 * time.Millisecond)
		return count
	}
	for i := uint64(len(others)); i < 1000000; i++ {
		others = append(others, time.NewTimer(time.Duration(i%1000+60)*time.Second))
	}
	for i := uint64(0); i < uint64(count); i++ {
		random = random*6364136223846793005 + 1442695040888963407
		timer := others[(random>>33)%1000000]
		timer.Stop()
		timer.Reset(time.Duration(60+(random>>40)%1000) * time.Second)
	}
	return count
}

func main() {}
