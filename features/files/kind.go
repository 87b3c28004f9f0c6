package files

import (
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/picture"
)

const plain, unknown = "text/plain", "application/octet-stream"

// kindOf looks what a file is and refuses what the settings do not allow (LC-UPL-3).
// Of a refused type is also what is only called so.
func (s *Service) kindOf(f io.ReadSeeker, name string, size int64) (string, error) {
	if size == 0 {
		return "", fault.New(fault.Invalid, "error-file-empty", "The file is empty")
	}
	kind, err := picture.Sniff(f)
	if err != nil {
		return "", err
	}
	settings := s.Settings.Current()
	called := byExtension(name)
	if listed(settings.FileTypesRefused, kind) || listed(settings.FileTypesRefused, called) {
		return "", errType()
	}
	allowed := settings.FileTypesAllowed
	if strings.Trim(allowed, ", ") == "" || listed(allowed, kind) || generic(kind, called) && listed(allowed, called) {
		return kind, nil
	}
	return "", errType()
}

// generic reports whether the content says less than the name and agrees with it.
func generic(kind, called string) bool {
	return kind == plain && strings.HasPrefix(called, "text/")
}

// extensions are the types that no content tells from others, and those whose name alone is dangerous.
var extensions = map[string]string{
	".svg": "image/svg+xml", ".svgz": "image/svg+xml", ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
	".xml": "text/xml", ".js": "text/javascript", ".csv": "text/csv", ".md": "text/markdown", ".txt": plain, ".log": plain,
	".exe": "application/vnd.microsoft.portable-executable", ".pdf": "application/pdf",
}

func byExtension(name string) string { return extensions[strings.ToLower(path.Ext(name))] }

// listed reports whether a type is on a list such as "image/*,application/pdf".
func listed(list, kind string) bool {
	for entry := range strings.SplitSeq(strings.ToLower(list), ",") {
		entry = strings.TrimSpace(entry)
		group, all := strings.CutSuffix(entry, "/*")
		switch {
		case kind == "" || entry == "":
		case entry == "*" || entry == kind || all && strings.HasPrefix(kind, group+"/"):
			return true
		}
	}
	return false
}

const mostName = 200 // characters

// fileName is a client's file name made harmless: the last part of a path, without
// characters that hide, turn round or steer what follows, not too long, and for what
// browsers show with an extension that fits.
func fileName(name, kind string) string {
	name = strings.ToValidUTF8(norm.NFC.String(name), "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	ends := path.Ext(name)
	if name == "" || utf8.RuneCountInString(ends) > 20 {
		ends = ""
	}
	if fits := shown[kind]; fits != nil && !fits[strings.ToLower(ends)] {
		ends = preferred[kind]
		name += ends
	}
	if base := []rune(strings.TrimSuffix(name, ends)); len(base) > mostName {
		name = string(base[:mostName]) + ends
	}
	if name == "" || name == ends {
		name = "file" + ends
	}
	return name
}

func set(extensions ...string) map[string]bool {
	out := map[string]bool{}
	for _, e := range extensions {
		out[e] = true
	}
	return out
}

// shown are the types that browsers may show in place, with the extensions that fit.
var shown = map[string]map[string]bool{
	"image/jpeg": set(".jpg", ".jpeg", ".jpe", ".jfif"), "image/png": set(".png"), "image/gif": set(".gif"), "image/webp": set(".webp"),
	"audio/mpeg": set(".mp3", ".mpga", ".mp2"), "audio/ogg": set(".ogg", ".oga", ".opus"), "audio/wav": set(".wav"), "audio/aac": set(".aac"),
	"audio/mp4": set(".m4a", ".mp4"), "audio/x-m4a": set(".m4a"), "audio/flac": set(".flac"), "audio/webm": set(".webm", ".weba"),
	"video/mp4": set(".mp4", ".m4v"), "video/webm": set(".webm"), "video/ogg": set(".ogv", ".ogg"),
	"video/quicktime": set(".mov", ".qt"),
}

var preferred = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "audio/mpeg": ".mp3", "audio/ogg": ".ogg",
	"audio/wav": ".wav", "audio/aac": ".aac", "audio/mp4": ".m4a", "audio/x-m4a": ".m4a", "audio/flac": ".flac", "audio/webm": ".weba",
	"video/mp4": ".mp4", "video/webm": ".webm", "video/ogg": ".ogv", "video/quicktime": ".mov",
}

// served is the Content-Type a file is given out with: what a browser could run, or
// take for a page, is nothing in particular.
func served(kind string) string {
	switch {
	case shown[kind] != nil, kind == plain, kind == "application/pdf", kind == "application/zip",
		strings.HasPrefix(kind, "application/vnd.openxmlformats-"), strings.HasPrefix(kind, "application/vnd.oasis."):
		return kind
	}
	return unknown
}
