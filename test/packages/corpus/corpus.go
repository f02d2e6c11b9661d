// Package corpus imports the modules of others whose own tests run on a device, so that go.mod keeps their versions.
package corpus

import (
	_ "github.com/BurntSushi/toml"
	_ "github.com/VividCortex/ewma"
	_ "github.com/armon/circbuf"
	_ "github.com/cespare/xxhash/v2"
	_ "github.com/dustin/go-humanize"
	_ "github.com/fxamacker/cbor/v2"
	_ "github.com/golang/snappy"
	_ "github.com/google/uuid"
	_ "github.com/looplab/fsm"
	_ "github.com/mattn/go-runewidth"
	_ "github.com/mitchellh/go-wordwrap"
	_ "github.com/montanaflynn/stats"
	_ "github.com/rivo/uniseg"
	_ "github.com/sigurn/crc16"
	_ "github.com/tidwall/gjson"
	_ "github.com/tidwall/sjson"
	_ "github.com/vmihailenco/msgpack/v5"
	_ "golang.org/x/crypto/blake2b"
	_ "golang.org/x/crypto/blake2s"
	_ "golang.org/x/crypto/chacha20poly1305"
	_ "google.golang.org/protobuf/encoding/protowire"
	_ "google.golang.org/protobuf/proto"
)
