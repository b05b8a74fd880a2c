// A stock ttrpc client, with nothing of ours but the field numbers of danvan.proto: it calls a
// running danvand and prints one line for each call, its name, its status code and what came back.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/containerd/ttrpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type document struct {
	Content   []byte `protobuf:"bytes,1,opt,name=content,proto3"`
	MediaType string `protobuf:"bytes,2,opt,name=media_type,proto3"`
}
type ingestRequest struct {
	Documents []*document `protobuf:"bytes,1,rep,name=documents,proto3"`
}
type ingestResult struct {
	Outcome   int32  `protobuf:"varint,1,opt,name=outcome,proto3"`
	ArticleID int64  `protobuf:"varint,2,opt,name=article_id,proto3"`
	Cursor    string `protobuf:"bytes,3,opt,name=cursor,proto3"`
}
type ingestResponse struct {
	Results []*ingestResult `protobuf:"bytes,1,rep,name=results,proto3"`
}
type getRequest struct {
	ArticleID int64 `protobuf:"varint,1,opt,name=article_id,proto3"`
	WithText  bool  `protobuf:"varint,2,opt,name=with_text,proto3"`
	WithFacts bool  `protobuf:"varint,3,opt,name=with_facts,proto3"`
}
type body struct {
	Encoding int32  `protobuf:"varint,1,opt,name=encoding,proto3"`
	Data     []byte `protobuf:"bytes,3,opt,name=data,proto3"`
}
type facts struct {
	Mentions [][]byte `protobuf:"bytes,4,rep,name=mentions,proto3"`
}
type article struct {
	ID    int64  `protobuf:"varint,1,opt,name=id,proto3"`
	Text  *body  `protobuf:"bytes,11,opt,name=text,proto3"`
	Facts *facts `protobuf:"bytes,12,opt,name=facts,proto3"`
}
type analyzeRequest struct {
	Document *document `protobuf:"bytes,1,opt,name=document,proto3"`
}
type analyzeResponse struct {
	Text  string `protobuf:"bytes,1,opt,name=text,proto3"`
	Facts *facts `protobuf:"bytes,3,opt,name=facts,proto3"`
}
type healthRequest struct {
	Service string `protobuf:"bytes,1,opt,name=service,proto3"`
}
type healthResponse struct {
	Status int32 `protobuf:"varint,1,opt,name=status,proto3"`
}
type queryRequest struct {
	Query string `protobuf:"bytes,1,opt,name=query,proto3"`
}
type queryResponse struct {
	Total uint64 `protobuf:"varint,2,opt,name=total,proto3"`
}
type fetchRequest struct {
	From     string `protobuf:"bytes,2,opt,name=from,proto3"`
	WaitNano int64  `protobuf:"varint,5,opt,name=wait_nano,proto3"`
}
type fetchResponse struct {
	Events [][]byte `protobuf:"bytes,1,rep,name=events,proto3"`
	Next   string   `protobuf:"bytes,2,opt,name=next,proto3"`
}

func (m *ingestRequest) Reset()           { *m = ingestRequest{} }
func (m *ingestRequest) String() string   { return "" }
func (m *ingestRequest) ProtoMessage()    {}
func (m *ingestResponse) Reset()          { *m = ingestResponse{} }
func (m *ingestResponse) String() string  { return "" }
func (m *ingestResponse) ProtoMessage()   {}
func (m *document) Reset()                { *m = document{} }
func (m *document) String() string        { return "" }
func (m *document) ProtoMessage()         {}
func (m *ingestResult) Reset()            { *m = ingestResult{} }
func (m *ingestResult) String() string    { return "" }
func (m *ingestResult) ProtoMessage()     {}
func (m *getRequest) Reset()              { *m = getRequest{} }
func (m *getRequest) String() string      { return "" }
func (m *getRequest) ProtoMessage()       {}
func (m *article) Reset()                 { *m = article{} }
func (m *article) String() string         { return "" }
func (m *article) ProtoMessage()          {}
func (m *body) Reset()                    { *m = body{} }
func (m *body) String() string            { return "" }
func (m *body) ProtoMessage()             {}
func (m *facts) Reset()                   { *m = facts{} }
func (m *facts) String() string           { return "" }
func (m *facts) ProtoMessage()            {}
func (m *analyzeRequest) Reset()          { *m = analyzeRequest{} }
func (m *analyzeRequest) String() string  { return "" }
func (m *analyzeRequest) ProtoMessage()   {}
func (m *analyzeResponse) Reset()         { *m = analyzeResponse{} }
func (m *analyzeResponse) String() string { return "" }
func (m *analyzeResponse) ProtoMessage()  {}
func (m *healthRequest) Reset()           { *m = healthRequest{} }
func (m *healthRequest) String() string   { return "" }
func (m *healthRequest) ProtoMessage()    {}
func (m *healthResponse) Reset()          { *m = healthResponse{} }
func (m *healthResponse) String() string  { return "" }
func (m *healthResponse) ProtoMessage()   {}
func (m *queryRequest) Reset()            { *m = queryRequest{} }
func (m *queryRequest) String() string    { return "" }
func (m *queryRequest) ProtoMessage()     {}
func (m *queryResponse) Reset()           { *m = queryResponse{} }
func (m *queryResponse) String() string   { return "" }
func (m *queryResponse) ProtoMessage()    {}
func (m *fetchRequest) Reset()            { *m = fetchRequest{} }
func (m *fetchRequest) String() string    { return "" }
func (m *fetchRequest) ProtoMessage()     {}
func (m *fetchResponse) Reset()           { *m = fetchResponse{} }
func (m *fetchResponse) String() string   { return "" }
func (m *fetchResponse) ProtoMessage()    {}

func main() {
	connection, err := net.Dial("unix", os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	client := ttrpc.NewClient(connection)
	text, _ := os.ReadFile(os.Args[2])
	background := context.Background()

	call := func(ctx context.Context, name, service, method string, request, answer interface{}) {
		err := client.Call(ctx, service, method, request, answer)
		s, _ := status.FromError(err)
		fmt.Printf("%s %d", name, s.Code())
	}
	report := func(values ...interface{}) { fmt.Println(append([]interface{}{""}, values...)...) }

	ingest := &ingestRequest{Documents: []*document{{Content: text, MediaType: "text/plain"}}}
	var ingested ingestResponse
	call(background, "ingest", "danvan.v1.Corpus", "Ingest", ingest, &ingested)
	result := &ingestResult{}
	if len(ingested.Results) == 1 {
		result = ingested.Results[0]
	}
	report(result.Outcome, result.ArticleID)

	var found article
	request := &getRequest{ArticleID: result.ArticleID, WithText: true, WithFacts: true}
	call(background, "get", "danvan.v1.Corpus", "Get", request, &found)
	if found.Text == nil || found.Facts == nil {
		report("incomplete")
	} else {
		// Without Hello the text comes plain.
		report(found.ID, found.Text.Encoding, len(found.Text.Data) > 0, len(found.Facts.Mentions) > 0)
	}

	var analyzed analyzeResponse
	analyze := &analyzeRequest{Document: &document{Content: text, MediaType: "text/plain"}}
	call(background, "facts", "danvan.v1.Facts", "Analyze", analyze, &analyzed)
	report(analyzed.Text != "", analyzed.Facts != nil && len(analyzed.Facts.Mentions) > 0)

	var health healthResponse
	call(background, "health", "grpc.health.v1.Health", "Check", &healthRequest{}, &health)
	report(health.Status)

	var answer queryResponse
	metadata := ttrpc.WithMetadata(background, ttrpc.MD{"caller": []string{"stock", "client"}})
	call(metadata, "query", "danvan.v1.Search", "Query", &queryRequest{}, &answer)
	report(answer.Total)

	var fetched fetchResponse
	call(background, "fetch", "danvan.v1.Events", "Fetch", &fetchRequest{From: "start"}, &fetched)
	report(len(fetched.Events) > 0, fetched.Next != "")

	// Nothing comes after it: the deadline, which is sent, ends the wait.
	short, cancel := context.WithTimeout(background, 100*time.Millisecond)
	poll := &fetchRequest{From: fetched.Next, WaitNano: int64(time.Minute)}
	began := time.Now()
	err = client.Call(short, "danvan.v1.Events", "Fetch", poll, &fetchResponse{})
	cancel()
	// The client's own clock and the daemon's answer race: either may end the call.
	isLate := errors.Is(err, context.DeadlineExceeded) || status.Code(err) == codes.DeadlineExceeded
	fmt.Println("deadline", isLate, time.Since(began) < 30*time.Second)

	call(background, "unknown", "danvan.v1.Nothing", "Query", &queryRequest{}, &answer)
	report()
	large := &ingestRequest{Documents: []*document{{Content: make([]byte, 4194304)}}}
	call(background, "large", "danvan.v1.Corpus", "Ingest", large, &ingestResponse{})
	report()
	call(background, "after", "danvan.v1.Search", "Query", &queryRequest{}, &answer)
	report(answer.Total)
}
