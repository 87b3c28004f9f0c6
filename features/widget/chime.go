package widget

import (
	"bytes"
	"encoding/binary"
	"math"
)

const chimeName = "chime.wav"

// chime is the notification sound: two soft tones, as a WAV file.
func chime() []byte {
	const rate, length = 11025, 4400
	samples := make([]byte, length)
	for i := range samples {
		t := float64(i) / rate
		tone := 880.0
		if t > 0.12 {
			t, tone = t-0.12, 1318.5
		}
		fade := math.Exp(-9 * t)
		samples[i] = byte(128 + 70*fade*math.Sin(2*math.Pi*tone*t))
	}
	var b bytes.Buffer
	b.WriteString("RIFF")
	for _, part := range []any{uint32(36 + length), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(rate), uint16(1), uint16(8), []byte("data"), uint32(length), samples} {
		binary.Write(&b, binary.LittleEndian, part) // a Buffer never fails
	}
	return b.Bytes()
}
