// Library uses the standard library as programs do.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

type config struct {
	Name   string            `json:"name"`
	Rate   float64           `json:"rate,omitempty"`
	Tags   []string          `json:"tags"`
	Extra  map[string]any    `json:"extra"`
	Nested *config           `json:"nested,omitempty"`
	Env    map[string]string `json:"-"`
	When   time.Duration
}

func main() {
	in := `{"name":"x","rate":1.5,"tags":["a","b"],"extra":{"k":[1,2.5,null,true,"s"]},"nested":{"name":"y"},"When":1500000000}`
	var c config
	fmt.Println(json.Unmarshal([]byte(in), &c))
	fmt.Printf("%+v %v %v\n", c.Extra, c.Nested.Name, c.When)
	out, err := json.MarshalIndent(c, "", " ")
	fmt.Println(string(out), err)
	var bad struct{ A int }
	fmt.Println(json.Unmarshal([]byte(`{"A":"x"}`), &bad), json.Unmarshal([]byte(`{`), &bad))

	fmt.Printf("%x\n", sha256.Sum256([]byte("mote")))
	fmt.Println(crc32.ChecksumIEEE([]byte("123456789")), hex.EncodeToString([]byte{1, 0xab}), base64.StdEncoding.EncodeToString([]byte("any carnal pleas")))
	buf := binary.BigEndian.AppendUint32(nil, 0xCAFEBABE)
	fmt.Println(buf, binary.LittleEndian.Uint16(buf))

	n := new(big.Int)
	n.Exp(big.NewInt(3), big.NewInt(200), nil)
	fmt.Println(n, n.BitLen(), new(big.Int).Mod(n, big.NewInt(1000007)))
	fmt.Println(math.Sqrt(2), math.Sin(1), math.Pow(2, 0.5), math.Floor(-1.5), math.Inf(1), math.Log(10), math.Hypot(3, 4), math.Mod(7, 3))
	x, err := strconv.Atoi("12x")
	fmt.Println(x, err)
	y, err := strconv.ParseFloat("1e-5", 64)
	fmt.Println(y, err, strconv.Quote("a\n"), strconv.FormatInt(-255, 16))
	fmt.Printf("%08.3f|%-6d|%+d|%x|%o|%b|%e|%g|%t|%v|%p|%6.2f%%|%c|%U|%*d\n", 3.14159, 42, 7, 255, 8, 5, 12345.678, 1e21, true, []string{"a"}, nil, 99.5, 'x', 0x1F600, 5, 3)
	fmt.Printf("%v %+v %#v %T %d %s\n", struct{ A, b int }{1, 2}, &c.Tags, c.Tags, c, []int{1}, errors.New("e"))
	fmt.Println(fmt.Sprintf("%!|%z"+" %d", 1, "s"))
	r := bufio.NewScanner(strings.NewReader("one two\nthree"))
	r.Split(bufio.ScanWords)
	for r.Scan() {
		fmt.Print(r.Text(), ".")
	}
	fmt.Println()
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "a\tbbb\tc\t")
	fmt.Fprintln(w, "aaaa\tb\tccccc\t")
	w.Flush()
	var b bytes.Buffer
	io.Copy(&b, io.LimitReader(strings.NewReader("limited text"), 7))
	fmt.Println(b.String(), slices.Sorted(slices.Values([]string{"b", "a"})))
	d, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(d, err, time.Unix(1e9, 0).UTC().Format(time.RFC3339), time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC).AddDate(1, 0, 0).Weekday())
	_, err = os.Open("/no/such/file")
	fmt.Println(err != nil, errors.Is(err, os.ErrNotExist), len(os.Args) > 0)
	fmt.Fprintln(os.Stderr, "to stderr")
}
