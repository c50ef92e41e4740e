package formats

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"callscam/corpus"
)

// vconBody is what is inside a part, or where it is.
type vconBody struct {
	Encoding softString      `json:"encoding"`
	Body     json.RawMessage `json:"body"`
	URL      softString      `json:"url"`
}

// bytes returns what is in the body. JSON may stand there as itself or inside
// a string. Nothing is ever fetched.
func (b *vconBody) bytes() ([]byte, error) {
	if len(b.Body) == 0 || string(b.Body) == "null" {
		if b.URL != "" {
			return nil, errors.New("at an external address, which is never fetched")
		}
		return nil, errors.New("no body")
	}
	if b.Body[0] != '"' {
		return b.Body, nil
	}
	var s string
	if err := json.Unmarshal(b.Body, &s); err != nil {
		return nil, jsonError(err)
	}
	if b.Encoding != "base64url" && b.Encoding != "base64" {
		return []byte(s), nil
	}
	return fromBase64(s)
}

// fromBase64 decodes the URL alphabet without padding, as the standard wants,
// and also the usual one with it.
func fromBase64(s string) ([]byte, error) {
	s = strings.TrimRight(strings.NewReplacer("+", "-", "/", "_", "\n", "", "\r", "").Replace(s), "=")
	data, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("broken base64url: %w", err)
	}
	return data, nil
}

// openSigned reads the vCon inside a signature (JWS), which is not checked.
func openSigned(payload json.RawMessage, warnings []string, path string) (corpus.Example, error) {
	data, err := (&vconBody{Encoding: "base64url", Body: payload}).bytes()
	if err == nil {
		data, err = inflate(data)
	}
	if err != nil {
		return corpus.Example{}, fmt.Errorf("signed vCon: payload: %w", err)
	}
	if doc, _ := root(data); doc.has("payload") {
		return corpus.Example{}, errors.New("signed vCon: signed more than once")
	}
	ex, err := decodeVCon(data, path)
	if err != nil {
		return ex, fmt.Errorf("signed vCon: %w", err)
	}
	ex.Warnings = append(append(warnings, ex.Warnings...), "signed vCon: the signature was not checked")
	return ex, nil
}

// inflate returns the data, unpacked where it is gzip.
func inflate(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, MaxCallBytes+1))
	if err == nil && len(out) > MaxCallBytes {
		err = fmt.Errorf("unpacks to more than the limit of %d MiB a call", MaxCallBytes>>20)
	}
	return out, err
}
