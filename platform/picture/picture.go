// Package picture is what may be done with pictures that people send: look what a file
// really is, write it anew without anything but the picture, make it smaller. What would
// cost too much memory is refused, and one is decoded at a time. It keeps nothing.
package picture

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"github.com/foyerchat/foyer/platform/fault"
)

// Cleaned is what is known of a picture that was written anew.
type Cleaned struct {
	Width, Height int
	Preview       string // base64 of a tiny JPEG
	Thumbnail     bool   // a smaller one is stored
}

// What is refused.
var (
	// ErrUnreadable: it says it is a picture and cannot be read as one.
	ErrUnreadable error = fault.New(fault.Invalid, "error-invalid-picture", "The picture cannot be read")
	// ErrTooLarge: reading it would take more memory than anybody should cost us.
	ErrTooLarge error = fault.New(fault.Invalid, "error-picture-too-large", "The picture has too many pixels")
)

const (
	mostPixels   = 40_000_000
	mostSide     = 16_384    // scaling takes memory by the side, too
	mostMemory   = 256 << 20 // while a picture is decoded
	thumbWidth   = 480
	thumbHeight  = 360
	previewWidth = 32
	jpegQuality  = 90
	thumbQuality = 80
)

// pictures are the types that are cleaned and shown.
var pictures = map[string]func(from io.ReadSeeker, into io.Writer) (look, error){
	"image/jpeg": cleanJPEG, "image/png": cleanPNG, "image/gif": cleanGIF, "image/webp": cleanWebP,
}

// look is what a picture looks like, perhaps smaller than it is.
type look struct {
	image.Image // nil: not known
	size        image.Point
}

func looks(img image.Image) look { return look{img, img.Bounds().Size()} }

// turn is held by who works on a picture: that takes much memory, so one at a time.
var turn = make(chan struct{}, 1)

// Readable reports whether pictures of a type can be cleaned and shown.
func Readable(kind string) bool { return pictures[kind] != nil }

// take waits for the turn; what it returns ends it.
func take(ctx context.Context) (end func(), err error) {
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Clean writes a picture of a readable type anew without anything but the picture
// itself, upright, and its thumbnail if it is larger than one.
func Clean(ctx context.Context, kind string, from io.ReadSeeker, into, thumb io.Writer) (Cleaned, error) {
	end, err := take(ctx)
	if err != nil {
		return Cleaned{}, err
	}
	defer end()
	img, err := pictures[kind](from, into)
	if err != nil {
		return Cleaned{}, err
	}
	p := Cleaned{Width: img.size.X, Height: img.size.Y}
	if img.Image == nil {
		return p, nil
	}
	if p.Preview, err = preview(img); err != nil {
		return p, err
	}
	if kind != "image/gif" && (p.Width > thumbWidth || p.Height > thumbHeight) { // a moving one is shown whole
		p.Thumbnail = true
		err = writeThumbnail(thumb, img)
	}
	return p, err
}

// affordable refuses pictures whose decoding takes too much; perPixel is in bytes.
func affordable(c image.Config, perPixel int64) error {
	pixels := int64(c.Width) * int64(c.Height)
	switch {
	case c.Width <= 0 || c.Height <= 0:
		return ErrUnreadable
	case max(c.Width, c.Height) > mostSide, pixels > mostPixels || pixels*perPixel > mostMemory:
		return ErrTooLarge
	}
	return nil
}

func cleanJPEG(from io.ReadSeeker, into io.Writer) (out look, err error) {
	about, err := readJPEG(from)
	if err != nil {
		return out, err
	}
	c, err := config(from, jpeg.DecodeConfig)
	if err == nil {
		err = affordable(c, about.perPixel())
	}
	if err != nil {
		return out, err
	}
	img, err := jpeg.Decode(from)
	if err != nil {
		return out, ErrUnreadable
	}
	img = upright(img, about.orientation)
	return looks(img), jpeg.Encode(into, img, &jpeg.Options{Quality: jpegQuality})
}

func cleanPNG(from io.ReadSeeker, into io.Writer) (out look, err error) {
	c, err := config(from, png.DecodeConfig)
	if err != nil {
		return out, err
	}
	perPixel := int64(4)
	if c.ColorModel == color.RGBA64Model || c.ColorModel == color.NRGBA64Model {
		perPixel = 8
	}
	if err := affordable(c, perPixel); err != nil {
		return out, err
	}
	img, err := png.Decode(from)
	if err != nil {
		return out, ErrUnreadable
	}
	return looks(img), png.Encode(into, img)
}

// cleanGIF copies the frames and nothing else; decoding all of them could take
// any amount of memory.
func cleanGIF(from io.ReadSeeker, into io.Writer) (out look, err error) {
	c, err := config(from, gif.DecodeConfig)
	if err == nil {
		err = affordable(c, 1)
	}
	if err != nil {
		return out, err
	}
	first, err := gif.Decode(from)
	if err != nil {
		return out, ErrUnreadable
	}
	if err := rewind(from); err != nil {
		return out, err
	}
	out.size = image.Pt(c.Width, c.Height)
	small := image.NewNRGBA(image.Rectangle{Max: within(out.size, thumbWidth, thumbHeight)})
	draw.ApproxBiLinear.Scale(small, small.Bounds(), first, image.Rectangle{Max: out.size}, draw.Src, nil) // the frame may be smaller than the whole
	out.Image = small
	return out, copyGIF(into, from)
}

// cleanWebP copies what is picture; there is no encoder to write it anew.
func cleanWebP(from io.ReadSeeker, into io.Writer) (out look, err error) {
	about, err := readWebP(from)
	if err == nil {
		err = affordable(about.largest, 8)
	}
	if err == nil {
		err = about.copy(into, from)
	}
	if err == nil {
		err = rewind(from)
	}
	if err != nil {
		return out, err
	}
	out.size = image.Pt(about.size.Width, about.size.Height)
	if img, err := webp.Decode(from); err == nil { // not of moving ones
		out.Image = img
	}
	return out, nil
}

func config(from io.ReadSeeker, read func(io.Reader) (image.Config, error)) (image.Config, error) {
	if err := rewind(from); err != nil {
		return image.Config{}, err
	}
	c, err := read(from)
	if err != nil {
		return c, ErrUnreadable
	}
	return c, rewind(from)
}

func rewind(f io.Seeker) error {
	_, err := f.Seek(0, io.SeekStart)
	return err
}

// within is the largest size of the same shape that fits.
func within(size image.Point, width, height int) image.Point {
	scale := min(1, float64(width)/float64(size.X), float64(height)/float64(size.Y))
	return image.Pt(max(1, int(float64(size.X)*scale)), max(1, int(float64(size.Y)*scale)))
}

func scaled(img look, to image.Point) *image.RGBA {
	small := image.NewRGBA(image.Rectangle{Max: to})
	draw.Draw(small, small.Bounds(), image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(small, small.Bounds(), img.Image, img.Bounds(), draw.Over, nil)
	return small
}

func writeThumbnail(into io.Writer, img look) error {
	return jpeg.Encode(into, scaled(img, within(img.size, thumbWidth, thumbHeight)), &jpeg.Options{Quality: thumbQuality})
}

func preview(img look) (string, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, scaled(img, within(img.size, previewWidth, previewWidth)), &jpeg.Options{Quality: 50})
	return base64.StdEncoding.EncodeToString(b.Bytes()), err
}
