package picture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"image"
	"io"
)

// copyGIF copies the screen, the frames, their timing and how often they repeat:
// no comments, no texts, no data of applications, nothing after the end.
func copyGIF(into io.Writer, from io.Reader) error {
	g := gifCopy{in: bufio.NewReader(from), out: bufio.NewWriter(into)}
	if err := g.screen(); err != nil {
		return err
	}
	for {
		kind, err := g.in.ReadByte()
		if err != nil {
			return ErrUnreadable
		}
		switch kind {
		case 0x3b:
			g.out.WriteByte(kind)
			return g.out.Flush()
		case 0x21:
			err = g.extension()
		case 0x2c:
			err = g.frame()
		default:
			err = ErrUnreadable
		}
		if err != nil {
			return err
		}
	}
}

type gifCopy struct {
	in  *bufio.Reader
	out *bufio.Writer
}

// pass copies n bytes and returns them.
func (g gifCopy) pass(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(g.in, b); err != nil {
		return nil, ErrUnreadable
	}
	_, err := g.out.Write(b)
	return b, err
}

func (g gifCopy) screen() error {
	b, err := g.pass(13)
	if err != nil {
		return err
	}
	return g.colours(b[10])
}

func (g gifCopy) colours(flags byte) error {
	if flags&0x80 == 0 {
		return nil
	}
	_, err := g.pass(3 << (flags&7 + 1))
	return err
}

func (g gifCopy) frame() error {
	g.out.WriteByte(0x2c)
	b, err := g.pass(9)
	if err == nil {
		err = g.colours(b[8])
	}
	if err == nil {
		_, err = g.pass(1) // code size
	}
	if err != nil {
		return err
	}
	return g.blocks(g.out)
}

// extension keeps the timing of frames and their repetition.
func (g gifCopy) extension() error {
	label, err := g.in.ReadByte()
	if err != nil {
		return ErrUnreadable
	}
	keep := label == 0xf9
	if label == 0xff {
		b, err := g.in.Peek(12)
		keep = err == nil && string(b) == "\x0bNETSCAPE2.0"
	}
	if !keep {
		return g.blocks(io.Discard)
	}
	g.out.Write([]byte{0x21, label})
	return g.blocks(g.out)
}

// blocks copies blocks up to and with the empty one that ends them.
func (g gifCopy) blocks(into io.Writer) error {
	for {
		n, err := g.in.Peek(1)
		if err != nil {
			return ErrUnreadable
		}
		size := int64(n[0])
		if _, err := io.CopyN(into, g.in, size+1); errors.Is(err, io.EOF) {
			return ErrUnreadable
		} else if err != nil {
			return err
		}
		if size == 0 {
			return nil
		}
	}
}

// aboutWebP says which parts of a WebP file are picture.
type aboutWebP struct {
	size    image.Config // as it is shown
	largest image.Config // of it and its parts
	chunks  []chunk
	length  uint32
}

type chunk struct {
	name string
	at   int64 // of its head
	size uint32
}

func (c chunk) padded() int64 { return int64(c.size) + int64(c.size&1) }

const mostChunks = 10_000

// readWebP finds the chunks that are picture; EXIF, XMP, colour profiles and what
// nobody knows stay out.
func readWebP(f io.ReadSeeker) (a aboutWebP, err error) {
	if err := rewind(f); err != nil {
		return a, err
	}
	var head [12]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return a, ErrUnreadable
	}
	end := int64(binary.LittleEndian.Uint32(head[4:])) + 8
	a.length = 4
	for at := int64(12); at+8 <= end; {
		c, err := a.next(f, at)
		if err != nil {
			return a, err
		}
		switch c.name {
		case "VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF":
			if len(a.chunks) == mostChunks {
				return a, ErrTooLarge
			}
			a.chunks = append(a.chunks, c)
			a.length += uint32(8 + c.padded())
		}
		at += 8 + c.padded()
	}
	if a.size.Width == 0 {
		return a, ErrUnreadable
	}
	return a, nil
}

// next reads the head of a chunk and how large the picture in it is.
func (a *aboutWebP) next(f io.ReadSeeker, at int64) (c chunk, err error) {
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return c, err
	}
	var b [18]byte
	n, _ := io.ReadFull(f, b[:])
	if n < 8 {
		return c, ErrUnreadable
	}
	c = chunk{name: string(b[:4]), at: at, size: binary.LittleEndian.Uint32(b[4:])}
	size := sizeIn(c.name, b[8:])
	if a.size.Width == 0 {
		a.size = size
	}
	a.largest.Width, a.largest.Height = max(a.largest.Width, size.Width), max(a.largest.Height, size.Height)
	return c, nil
}

// sizeIn reads the size from the beginning of a chunk; zero when it has none.
func sizeIn(name string, b []byte) (size image.Config) {
	little := binary.LittleEndian
	switch name {
	case "VP8X":
		size.Width, size.Height = 1+(int(b[4])|int(b[5])<<8|int(b[6])<<16), 1+(int(b[7])|int(b[8])<<8|int(b[9])<<16)
	case "VP8 ":
		size.Width, size.Height = int(little.Uint16(b[6:])&0x3fff), int(little.Uint16(b[8:])&0x3fff)
	case "VP8L":
		bits := little.Uint32(b[1:])
		size.Width, size.Height = int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1
	}
	return size
}

// The flags of VP8X for what is left out.
const droppedParts = 0x20 | 0x08 | 0x04

func (a aboutWebP) copy(into io.Writer, from io.ReadSeeker) error {
	head := append([]byte("RIFF"), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(head[4:], a.length)
	if _, err := into.Write(append(head, "WEBP"...)); err != nil {
		return err
	}
	for _, c := range a.chunks {
		if _, err := from.Seek(c.at, io.SeekStart); err != nil {
			return err
		}
		n := 8 + c.padded()
		if c.name == "VP8X" {
			var b [9]byte
			if _, err := io.ReadFull(from, b[:]); err != nil {
				return ErrUnreadable
			}
			b[8] &^= droppedParts
			if _, err := into.Write(b[:]); err != nil {
				return err
			}
			n -= 9
		}
		if _, err := io.CopyN(into, from, n); errors.Is(err, io.EOF) {
			return ErrUnreadable
		} else if err != nil {
			return err
		}
	}
	return nil
}
