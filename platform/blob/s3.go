package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/foyerchat/foyer/platform/clock"
)

// S3 is a Store in a bucket of a server that speaks Amazon's S3 protocol.
type S3 struct {
	client *minio.Client
	bucket string
	prefix string // "" or ending with "/"
}

// partSize is what a Put of unknown length keeps in memory.
const partSize = 16 << 20

// OpenS3 connects to https://key:secret@host/bucket/prefix?region=name. Without a key
// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are used, or what the machine is given.
// The bucket must exist.
func OpenS3(ctx context.Context, address string) (*S3, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("blob: want https://key:secret@host/bucket")
	}
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if prefix != "" {
		prefix += "/"
	}
	who := credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}, &credentials.IAM{}})
	if u.User != nil {
		secret, _ := u.User.Password()
		who = credentials.NewStaticV4(u.User.Username(), secret, "")
	}
	client, err := minio.New(u.Host, &minio.Options{Creds: who, Secure: u.Scheme == "https", Region: u.Query().Get("region")})
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	found, err := client.BucketExists(ctx, bucket)
	if err == nil && !found {
		err = fmt.Errorf("there is no bucket %q", bucket)
	}
	if err != nil {
		return nil, fmt.Errorf("blob: %s: %w", u.Host, err)
	}
	return &S3{client: client, bucket: bucket, prefix: prefix}, nil
}

// Put implements Store.
func (s *S3) Put(ctx context.Context, name string, r io.Reader) (Info, error) {
	if !valid(name) {
		return Info{}, ErrName
	}
	size, err := lengthOf(r)
	if err == nil {
		_, err = s.client.PutObject(ctx, s.bucket, s.prefix+name, reader{ctx, r}, size, minio.PutObjectOptions{PartSize: partSize})
	}
	if err != nil {
		return Info{}, fmt.Errorf("blob: put: %w", err)
	}
	return s.Stat(ctx, name)
}

// lengthOf is how much there is to read, -1 when that cannot be known.
func lengthOf(r io.Reader) (int64, error) {
	f, ok := r.(io.Seeker)
	if !ok {
		return -1, nil
	}
	now, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return -1, err
	}
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return -1, err
	}
	_, err = f.Seek(now, io.SeekStart)
	return end - now, err
}

// Open implements Store.
func (s *S3) Open(ctx context.Context, name string) (io.ReadSeekCloser, error) {
	if !valid(name) {
		return nil, ErrName
	}
	o, err := s.client.GetObject(ctx, s.bucket, s.prefix+name, minio.GetObjectOptions{})
	if err == nil {
		if _, err = o.Stat(); err != nil {
			o.Close()
		}
	}
	if err != nil {
		return nil, absentThere(err)
	}
	return o, nil
}

// Stat implements Store.
func (s *S3) Stat(ctx context.Context, name string) (Info, error) {
	if !valid(name) {
		return Info{}, ErrName
	}
	o, err := s.client.StatObject(ctx, s.bucket, s.prefix+name, minio.StatObjectOptions{})
	if err != nil {
		return Info{}, absentThere(err)
	}
	return s.info(o), nil
}

func (s *S3) info(o minio.ObjectInfo) Info {
	return Info{Name: strings.TrimPrefix(o.Key, s.prefix), Size: o.Size, Changed: clock.Of(o.LastModified)}
}

func absentThere(err error) error {
	if code := minio.ToErrorResponse(err).Code; code == minio.NoSuchKey {
		return ErrNotFound
	}
	return fmt.Errorf("blob: %w", err)
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, name string) error {
	if !valid(name) {
		return ErrName
	}
	if err := s.client.RemoveObject(ctx, s.bucket, s.prefix+name, minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("blob: delete: %w", err)
	}
	return nil
}

// List implements Store.
func (s *S3) List(ctx context.Context, prefix string, f func(Info) error) error {
	if prefix != "" {
		if !valid(prefix) {
			return ErrName
		}
		prefix += "/"
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for o := range s.client.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix + prefix, Recursive: true}) {
		if o.Err != nil {
			return fmt.Errorf("blob: list: %w", o.Err)
		}
		if err := f(s.info(o)); err != nil {
			return err
		}
	}
	return nil
}
