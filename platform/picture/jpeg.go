package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"

	"golang.org/x/image/draw"
)

// aboutJPEG is what the headers of a JPEG say that its decoder does not tell.
type aboutJPEG struct {
	orientation int // as in EXIF, 1 to 8
	progressive bool
}

// perPixel is how many bytes decoding and turning take: a progressive one keeps all
// coefficients of three components, a turned one a second picture.
func (a aboutJPEG) perPixel() int64 {
	n := int64(3)
	if a.progressive {
		n = 15
	}
	if a.orientation > 1 {
		n = max(n, 8)
	}
	return n
}

// readJPEG walks the segments before the picture.
func readJPEG(f io.ReadSeeker) (a aboutJPEG, err error) {
	a.orientation = 1
	if err := rewind(f); err != nil {
		return a, err
	}
	var head [4]byte
	if _, err := io.ReadFull(f, head[:2]); err != nil || head[0] != 0xff || head[1] != 0xd8 {
		return a, ErrUnreadable
	}
	for {
		if _, err := io.ReadFull(f, head[:]); err != nil || head[0] != 0xff || head[1] == 0xff {
			a.progressive = true // what we do not understand is counted dear
			return a, nil
		}
		length := int(binary.BigEndian.Uint16(head[2:])) - 2
		switch marker := head[1]; {
		case length < 0:
			return a, ErrUnreadable
		case marker == 0xda: // the picture itself
			return a, nil
		case marker == 0xe1:
			b := make([]byte, length)
			if _, err := io.ReadFull(f, b); err != nil {
				return a, ErrUnreadable
			}
			if o := orientation(b); o > 0 {
				a.orientation = o
			}
			continue
		case marker == 0xc2 || marker == 0xc6 || marker == 0xca || marker == 0xce:
			a.progressive = true
		}
		if _, err := f.Seek(int64(length), io.SeekCurrent); err != nil {
			return a, err
		}
	}
}

// orientation reads the one thing of EXIF that belongs to the picture; 0 when it is not there.
func orientation(segment []byte) int {
	b, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00"))
	if !ok || len(b) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 0
	}
	entries := int(order.Uint16(b[at:]))
	for i := range entries {
		e := at + 2 + int64(i)*12
		if e+12 > int64(len(b)) {
			return 0
		}
		if order.Uint16(b[e:]) == 0x0112 {
			if o := int(order.Uint16(b[e+8:])); o >= 1 && o <= 8 {
				return o
			}
			return 0
		}
	}
	return 0
}

// upright turns and mirrors a picture as its orientation says.
func upright(img image.Image, orientation int) image.Image {
	if orientation <= 1 {
		return img
	}
	b := img.Bounds()
	from := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(from, from.Bounds(), img, b.Min, draw.Src)
	w, h := b.Dx(), b.Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	to := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			sx, sy := source8(orientation, x, y, w, h)
			copy(to.Pix[to.PixOffset(x, y):][:4], from.Pix[from.PixOffset(sx, sy):][:4])
		}
	}
	return to
}

// source8 is where the upright pixel (x, y) is in a stored picture of w times h.
func source8(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
