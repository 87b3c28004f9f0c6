package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"io"
	"strings"
	"testing"

	"golang.org/x/image/webp"
)

// corners is a picture whose corners are red, green, blue and white, clockwise from the top left.
func corners(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			case x >= w/2:
				c = color.RGBA{0, 0, 255, 255}
			case y >= h/2:
				c = color.RGBA{255, 255, 255, 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func name(c color.Color) string {
	r, g, _, _ := c.RGBA()
	switch {
	case r > 0x8000 && g > 0x8000:
		return "w"
	case r > 0x8000:
		return "r"
	case g > 0x8000:
		return "g"
	}
	return "b"
}

func cornersOf(img image.Image) string {
	b := img.Bounds()
	return name(img.At(b.Min.X+1, b.Min.Y+1)) + name(img.At(b.Max.X-2, b.Min.Y+1)) + name(img.At(b.Max.X-2, b.Max.Y-2)) + name(img.At(b.Min.X+1, b.Max.Y-2))
}

// exif is a JPEG whose metadata has this orientation, in either order of bytes.
func exif(orientation uint16, order binary.AppendByteOrder) []byte {
	var b bytes.Buffer
	jpeg.Encode(&b, corners(40, 20), &jpeg.Options{Quality: 100})
	mark := "MM\x00*"
	if order.String() == binary.LittleEndian.String() {
		mark = "II*\x00"
	}
	data := order.AppendUint32([]byte("Exif\x00\x00"+mark), 8)
	data = order.AppendUint16(order.AppendUint16(order.AppendUint16(data, 1), 0x0112), 3)
	data = order.AppendUint16(order.AppendUint32(data, 1), orientation)
	data = append(data, 0, 0, 0, 0, 0, 0)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, 0, byte(len(data)+2))
	return append(append(out, data...), b.Bytes()[2:]...)
}

func TestPhotosAreTurnedUpright(t *testing.T) {
	want := []string{"rgbw", "rgbw", "grwb", "bwrg", "wbgr", "rwbg", "wrgb", "bgrw", "gbwr"} // by orientation; 0 is none
	for o := range 9 {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			var out, thumb bytes.Buffer
			p, err := Clean(t.Context(), "image/jpeg", bytes.NewReader(exif(uint16(o), order)), &out, &thumb)
			if err != nil {
				t.Fatal(err)
			}
			img, err := jpeg.Decode(&out)
			if err != nil || cornersOf(img) != want[o] || p.Width != img.Bounds().Dx() || (p.Width == 20) != (o >= 5) {
				t.Errorf("orientation %d, %s: %v %s, want %s", o, order, err, cornersOf(img), want[o])
			}
		}
	}
}

// A moving picture keeps its frames and loses its words.
func TestGIFsKeepTheirFramesOnly(t *testing.T) {
	frame := func(c byte) *image.Paletted {
		p := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White})
		for i := range p.Pix {
			p.Pix[i] = c
		}
		return p
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame(0), frame(1), frame(0)}, Delay: []int{5, 6, 7}, LoopCount: 3}); err != nil {
		t.Fatal(err)
	}
	comment := "\x21\xfe\x0aowner: ann\x00"
	xmp := "\x21\xff\x0bXMP DataXMP\x05place\x00"
	at := 13 + 3*2 // after the screen and its colours, of which the encoder may write none
	if b.Bytes()[10]&0x80 == 0 {
		at = 13
	}
	with := append(append(append([]byte{}, b.Bytes()[:at]...), comment+xmp...), b.Bytes()[at:]...)
	with = append(with, "<script>"...)
	var out bytes.Buffer
	p, err := Clean(t.Context(), "image/gif", bytes.NewReader(with), &out, io.Discard)
	if err != nil || p.Width != 8 || p.Preview == "" {
		t.Fatalf("%+v %v", p, err)
	}
	for _, gone := range []string{"ann", "place", "script"} {
		if strings.Contains(out.String(), gone) {
			t.Errorf("%q stays", gone)
		}
	}
	g, err := gif.DecodeAll(&out)
	if err != nil || len(g.Image) != 3 || g.Delay[2] != 7 || g.LoopCount != 3 {
		t.Errorf("%v %+v", err, g)
	}
}

// smallest is a lossless WebP of one pixel.
const smallest = "VP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

func TestWebPsKeepTheirPictureOnly(t *testing.T) {
	riff := func(chunks ...string) []byte {
		body := "WEBP" + strings.Join(chunks, "")
		return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
	}
	vp8x := "VP8X\x0a\x00\x00\x00\x2c\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	var out bytes.Buffer
	p, err := Clean(t.Context(), "image/webp", bytes.NewReader(append(riff(vp8x, smallest, "EXIF\x06\x00\x00\x00secret", "XMP \x05\x00\x00\x00place\x00"), "<script>"...)), &out, io.Discard)
	if err != nil || p.Width != 1 || p.Height != 1 {
		t.Fatalf("%+v %v", p, err)
	}
	got := out.String()
	if strings.Contains(got, "secret") || strings.Contains(got, "place") || strings.Contains(got, "script") || got[20]&0x2c != 0 {
		t.Errorf("%q", got)
	}
	if _, err := webp.Decode(&out); err != nil {
		t.Error(err)
	}
	large := "VP8L\x0d\x00\x00\x00\x2f\xff\xff\xff\x1f\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
	if _, err := Clean(t.Context(), "image/webp", bytes.NewReader(riff(vp8x, large)), io.Discard, io.Discard); err != ErrTooLarge {
		t.Errorf("a part larger than the whole: %v", err)
	}
}

func FuzzPictures(f *testing.F) {
	f.Add("image/jpeg", exif(6, binary.BigEndian))
	f.Add("image/gif", []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Add("image/webp", []byte("RIFF\x1a\x00\x00\x00WEBP"+smallest))
	f.Add("image/png", []byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, kind string, content []byte) {
		if !Readable(kind) {
			return
		}
		var out bytes.Buffer
		p, err := Clean(t.Context(), kind, bytes.NewReader(content), &out, io.Discard)
		if err == nil && (p.Width <= 0 || p.Height <= 0 || out.Len() == 0) {
			t.Errorf("%+v of %d bytes", p, out.Len())
		}
	})
}
