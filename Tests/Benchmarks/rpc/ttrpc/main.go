// Stock Go ttrpc: serve SOCKET | calls SOCKET MILLISECONDS IN-FLIGHT BYTES. One line of JSON.
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"sort"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/containerd/ttrpc"
)

type blob struct {
	Data []byte `protobuf:"bytes,1,opt,name=data,proto3"`
}

func (m *blob) Reset()         { *m = blob{} }
func (m *blob) String() string { return "" }
func (m *blob) ProtoMessage()  {}

func cpu() float64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e3
}

func main() {
	if os.Args[1] == "serve" {
		server, err := ttrpc.NewServer()
		if err != nil {
			panic(err)
		}
		server.Register("bench.Bench", map[string]ttrpc.Method{
			"Echo": func(_ context.Context, unmarshal func(interface{}) error) (interface{}, error) {
				var request blob
				if err := unmarshal(&request); err != nil {
					return nil, err
				}
				return &request, nil
			}})
		listener, err := net.Listen("unix", os.Args[2])
		if err != nil {
			panic(err)
		}
		panic(server.Serve(context.Background(), listener))
	}
	connection, err := net.Dial("unix", os.Args[2])
	if err != nil {
		panic(err)
	}
	client := ttrpc.NewClient(connection)
	milliseconds, _ := strconv.Atoi(os.Args[3])
	width, _ := strconv.Atoi(os.Args[4])
	size, _ := strconv.Atoi(os.Args[5])
	request := &blob{Data: make([]byte, size)}
	times := make([][]float64, width)
	var group sync.WaitGroup
	spent, began := cpu(), time.Now()
	end := began.Add(time.Duration(milliseconds) * time.Millisecond)
	for i := range times {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for start := time.Now(); start.Before(end); start = time.Now() {
				var answer blob
				if err := client.Call(context.Background(), "bench.Bench", "Echo", request, &answer); err != nil {
					panic(err)
				}
				if len(answer.Data) != size {
					panic("another payload came back")
				}
				times[i] = append(times[i], float64(time.Since(start).Nanoseconds())/1e3)
			}
		}(i)
	}
	group.Wait()
	took := time.Since(began).Seconds()
	spent = cpu() - spent
	var all []float64
	for _, list := range times {
		all = append(all, list...)
	}
	sort.Float64s(all)
	fmt.Printf("{\"rate\": %f, \"p50\": %f, \"p99\": %f, \"cpu\": %f, \"calls\": %d}\n",
		float64(len(all))/took, all[len(all)/2], all[len(all)*99/100], spent/float64(len(all)), len(all))
}
