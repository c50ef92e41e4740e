//go:build browser

package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// browser speaks to a headless Chromium over its debugging pipe, one command
// at a time. Events that arrive in between are kept.
type browser struct {
	t      *testing.T
	in     io.Writer
	out    *bufio.Reader
	last   int
	page   string
	events []message
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

func startBrowser(t *testing.T) *browser {
	t.Helper()
	name := os.Getenv("CHROMIUM")
	if name == "" {
		name = "chromium"
	}
	toIt, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, fromIt, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--user-data-dir="+t.TempDir(), "about:blank")
	cmd.ExtraFiles = []*os.File{toIt, fromIt}
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v: want Chromium, or its name in $CHROMIUM", err)
	}
	toIt.Close()
	fromIt.Close()
	b := &browser{t: t, in: in, out: bufio.NewReader(out)}
	t.Cleanup(func() {
		b.do("Browser.close", nil, nil)
		in.Close()
		cmd.Wait()
	})
	var target struct{ TargetID string }
	b.do("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var session struct{ SessionID string }
	b.do("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session)
	b.page = session.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.do(domain+".enable", nil, nil)
	}
	return b
}

// do sends a command and reads its answer into result.
func (b *browser) do(method string, params map[string]any, result any) {
	b.t.Helper()
	b.last++
	command := map[string]any{"id": b.last, "method": method}
	if params != nil {
		command["params"] = params
	}
	if b.page != "" && !strings.HasPrefix(method, "Browser.") {
		command["sessionId"] = b.page
	}
	data, err := json.Marshal(command)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.in.Write(append(data, 0)); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	for {
		m := b.read()
		if m.ID != b.last {
			b.events = append(b.events, m)
			continue
		}
		if m.Error != nil {
			b.t.Fatalf("%s: %s", method, m.Error)
		}
		if result != nil {
			if err := json.Unmarshal(m.Result, result); err != nil {
				b.t.Fatalf("%s: %v", method, err)
			}
		}
		return
	}
}

func (b *browser) read() message {
	b.t.Helper()
	data, err := b.out.ReadBytes(0)
	if err != nil {
		b.t.Fatalf("the browser went away: %v", err)
	}
	var m message
	if err := json.Unmarshal(data[:len(data)-1], &m); err != nil {
		b.t.Fatal(err)
	}
	return m
}

// look is how a page is looked at.
type look struct {
	name, theme string
	width       int
}

var looks = []look{{"light", "light", 1280}, {"dark", "dark", 1280}, {"phone", "light", 375}, {"phone-dark", "dark", 375}}

// open loads the page and fails on whatever it requests or complains about.
func (b *browser) open(path string, l look) {
	b.t.Helper()
	b.do("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-color-scheme", "value": l.theme}}}, nil)
	b.do("Emulation.setDeviceMetricsOverride", map[string]any{"width": l.width, "height": 900, "deviceScaleFactor": 1, "mobile": l.width < 500}, nil)
	b.events = nil
	b.do("Page.navigate", map[string]any{"url": "file://" + path}, nil)
	for loaded := false; !loaded; {
		for _, m := range b.events {
			loaded = loaded || m.Method == "Page.loadEventFired"
		}
		if !loaded {
			b.events = append(b.events, b.read())
		}
	}
	var frames any
	b.do("Page.getFrameTree", nil, &frames)
	b.judge(path)
}

func (b *browser) judge(path string) {
	b.t.Helper()
	for _, m := range b.events {
		switch m.Method {
		case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded":
			b.t.Errorf("%s: the console says %s", path, m.Params)
		case "Network.requestWillBeSent":
			var p struct{ Request struct{ URL string } }
			if err := json.Unmarshal(m.Params, &p); err != nil {
				b.t.Fatal(err)
			}
			if p.Request.URL != "file://"+path {
				b.t.Errorf("%s requests %s", path, p.Request.URL)
			}
		}
	}
}

// ask runs an expression that returns a list of complaints.
func (b *browser) ask(expression string) []string {
	b.t.Helper()
	var answer struct {
		Result           struct{ Value []string }
		ExceptionDetails json.RawMessage
	}
	b.do("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true}, &answer)
	if answer.ExceptionDetails != nil {
		b.t.Fatalf("%s", answer.ExceptionDetails)
	}
	return answer.Result.Value
}

// shoot saves a picture of the whole page.
func (b *browser) shoot(to string) {
	b.t.Helper()
	var size struct {
		CSSContentSize struct{ Width, Height float64 } `json:"cssContentSize"`
	}
	b.do("Page.getLayoutMetrics", nil, &size)
	const highest = 15000
	var shot struct{ Data string }
	b.do("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true,
		"clip": map[string]any{"x": 0, "y": 0, "width": size.CSSContentSize.Width, "height": min(size.CSSContentSize.Height, highest), "scale": 1}}, &shot)
	b.save(to, shot.Data)
}

func (b *browser) print(to string) {
	b.t.Helper()
	var pdf struct{ Data string }
	b.do("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69}, &pdf)
	b.save(to, pdf.Data)
}

func (b *browser) save(to, data string) {
	b.t.Helper()
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(to, raw, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// TestPages opens every page of bin/pages in both themes and on a telephone's
// width, and leaves pictures and prints beside it.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("../../bin/pages/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in bin/pages: want make html-test, which writes them (%v)", err)
	}
	faults, err := os.ReadFile("testdata/faults.js")
	if err != nil {
		t.Fatal(err)
	}
	b := startBrowser(t)
	for _, page := range pages {
		path, err := filepath.Abs(page)
		if err != nil {
			t.Fatal(err)
		}
		stem := strings.TrimSuffix(path, ".html")
		for _, l := range looks {
			b.open(path, l)
			for _, f := range b.ask(string(faults)) {
				t.Errorf("%s, %s: %s", filepath.Base(page), l.name, f)
			}
			b.shoot(fmt.Sprintf("%s-%s.png", stem, l.name))
		}
		b.print(stem + ".pdf")
	}
}
