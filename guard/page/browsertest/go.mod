module github.com/mote-go/mote/guard/page/browsertest

go 1.26.0

require (
	github.com/chromedp/cdproto v0.159.0
	github.com/chromedp/chromedp v0.22.1
	github.com/mote-go/mote/guard v0.0.0
)

require (
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	golang.org/x/sys v0.28.0 // indirect
)

replace github.com/mote-go/mote/guard => ../../
