// grpc-go: serve SOCKET | calls SOCKET MILLISECONDS IN-FLIGHT BYTES | stream SOCKET COUNT BYTES.
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

	"github.com/golang/protobuf/ptypes/wrappers"
	"google.golang.org/grpc"
)

type echo interface{}

var service = grpc.ServiceDesc{
	ServiceName: "bench.Bench",
	HandlerType: (*echo)(nil),
	Methods: []grpc.MethodDesc{{
		MethodName: "Echo",
		Handler: func(_ interface{}, _ context.Context, decode func(interface{}) error, _ grpc.UnaryServerInterceptor) (interface{}, error) {
			request := new(wrappers.BytesValue)
			return request, decode(request)
		}}},
	Streams: []grpc.StreamDesc{{
		StreamName:    "Feed",
		ServerStreams: true,
		Handler: func(_ interface{}, stream grpc.ServerStream) error {
			request := new(wrappers.BytesValue)
			if err := stream.RecvMsg(request); err != nil {
				return err
			}
			count, size := 0, 0
			fmt.Sscan(string(request.Value), &count, &size)
			message := &wrappers.BytesValue{Value: make([]byte, size)}
			for i := 0; i < count; i++ {
				if err := stream.SendMsg(message); err != nil {
					return err
				}
			}
			return nil
		}}},
}

func cpu() float64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e3
}

func number(place int) int {
	value, _ := strconv.Atoi(os.Args[place])
	return value
}

func main() {
	if os.Args[1] == "serve" {
		listener, err := net.Listen("unix", os.Args[2])
		if err != nil {
			panic(err)
		}
		server := grpc.NewServer()
		server.RegisterService(&service, nil)
		panic(server.Serve(listener))
	}
	connection, err := grpc.Dial("localhost", grpc.WithInsecure(), grpc.WithBlock(),
		grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return net.Dial("unix", os.Args[2]) }))
	if err != nil {
		panic(err)
	}
	if os.Args[1] == "stream" {
		stream(connection, number(3), number(4))
		return
	}
	width, size := number(4), number(5)
	request := &wrappers.BytesValue{Value: make([]byte, size)}
	times := make([][]float64, width)
	var group sync.WaitGroup
	spent, began := cpu(), time.Now()
	end := began.Add(time.Duration(number(3)) * time.Millisecond)
	for i := range times {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for start := time.Now(); start.Before(end); start = time.Now() {
				answer := new(wrappers.BytesValue)
				if err := connection.Invoke(context.Background(), "/bench.Bench/Echo", request, answer); err != nil {
					panic(err)
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

func stream(connection *grpc.ClientConn, count, size int) {
	began := time.Now()
	stream, err := connection.NewStream(context.Background(), &service.Streams[0], "/bench.Bench/Feed")
	if err == nil {
		err = stream.SendMsg(&wrappers.BytesValue{Value: []byte(fmt.Sprint(count, " ", size))})
	}
	if err == nil {
		err = stream.CloseSend()
	}
	taken := 0
	for ; err == nil; taken++ {
		err = stream.RecvMsg(new(wrappers.BytesValue))
	}
	if taken-1 != count {
		panic(err)
	}
	fmt.Printf("{\"rate\": %f, \"cpu\": %f}\n", float64(count)/time.Since(began).Seconds(), cpu()/float64(count))
}
