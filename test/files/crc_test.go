package files

import (
	"encoding/binary"
	"hash/crc32"
)

// crc is what a PNG chunk ends with.
func crc(chunk []byte) []byte { return binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk)) }
