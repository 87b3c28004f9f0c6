package picture

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
)

// Small is a picture that is shown small, as it is kept.
type Small struct {
	Type    string
	Content []byte
}

// Square cuts the middle of a picture, at most side pixels wide and high.
func Square(ctx context.Context, from io.ReadSeeker, side int) (Small, error) {
	return small(ctx, from, func(size image.Point) (image.Rectangle, image.Point) {
		n := min(size.X, size.Y)
		at := size.Sub(image.Pt(n, n)).Div(2)
		return image.Rectangle{Min: at, Max: at.Add(image.Pt(n, n))}, image.Pt(min(n, side), min(n, side))
	})
}

// Within makes a picture small enough for a square, in its own shape.
func Within(ctx context.Context, from io.ReadSeeker, side int) (Small, error) {
	return small(ctx, from, func(size image.Point) (image.Rectangle, image.Point) {
		return image.Rectangle{Max: size}, within(size, side, side)
	})
}

// small writes a part of a picture anew in another size: as JPEG, or as PNG if one sees through it.
func small(ctx context.Context, from io.ReadSeeker, cut func(size image.Point) (part image.Rectangle, to image.Point)) (Small, error) {
	kind, err := Sniff(from)
	if err != nil {
		return Small{}, err
	}
	if !Readable(kind) {
		return Small{}, ErrUnreadable
	}
	end, err := take(ctx)
	if err != nil {
		return Small{}, err
	}
	defer end()
	img, err := pictures[kind](from, io.Discard)
	if err == nil && img.Image == nil {
		err = ErrUnreadable
	}
	if err != nil {
		return Small{}, err
	}
	bounds := img.Bounds()
	part, to := cut(bounds.Size())
	out := image.NewNRGBA(image.Rectangle{Max: to})
	draw.CatmullRom.Scale(out, out.Bounds(), img.Image, part.Add(bounds.Min), draw.Src, nil)
	var b bytes.Buffer
	if out.Opaque() {
		err = jpeg.Encode(&b, out, &jpeg.Options{Quality: jpegQuality})
		return Small{"image/jpeg", b.Bytes()}, err
	}
	err = png.Encode(&b, out)
	return Small{"image/png", b.Bytes()}, err
}
