"""grpcio: serve SOCKET | calls SOCKET MILLISECONDS IN-FLIGHT BYTES | stream SOCKET COUNT BYTES. One line of JSON."""
import json
import resource
import sys
import threading
import time
from concurrent import futures

import grpc


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1e6


def feed(request, _):
    count, size = map(int, request.split())
    message = bytes(size)
    for _ in range(count):
        yield message


def serve(path):
    server = grpc.server(futures.ThreadPoolExecutor(8))
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("bench.Bench", {
        "Echo": grpc.unary_unary_rpc_method_handler(lambda request, _: request),
        "Feed": grpc.unary_stream_rpc_method_handler(feed)})])
    server.add_insecure_port("unix:" + path)
    server.start()
    server.wait_for_termination()


def calls(channel, milliseconds, width, size):
    echo = channel.unary_unary("/bench.Bench/Echo")
    payload, times = bytes(size), []
    spent, began = cpu(), time.perf_counter()
    end = began + milliseconds / 1000

    def work():
        while (start := time.perf_counter()) < end:
            assert len(echo(payload)) == size
            times.append((time.perf_counter() - start) * 1e6)

    threads = [threading.Thread(target=work) for _ in range(width)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, spent = time.perf_counter() - began, cpu() - spent
    times.sort()
    return {"rate": len(times) / took, "p50": times[len(times) // 2], "p99": times[len(times) * 99 // 100],
            "cpu": spent / len(times), "calls": len(times)}


def stream(channel, count, size):
    spent, began = cpu(), time.perf_counter()
    taken = sum(1 for _ in channel.unary_stream("/bench.Bench/Feed")(b"%d %d" % (count, size)))
    assert taken == count
    return {"rate": count / (time.perf_counter() - began), "cpu": (cpu() - spent) / count}


def main():
    if sys.argv[1] == "serve":
        return serve(sys.argv[2])
    channel = grpc.insecure_channel("unix:" + sys.argv[2])
    run = {"calls": calls, "stream": stream}[sys.argv[1]]
    print(json.dumps(run(channel, *map(int, sys.argv[3:]))))


if __name__ == "__main__":
    main()
