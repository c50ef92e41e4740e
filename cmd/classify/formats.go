package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"callscam/corpus/formats"
)

func newFormats(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "formats",
		Short: "List the formats that are read, and the sign each is known by",
		Long: `List the formats that are read: the name that --format takes, the endings such
files have, and the sign by which a file is known. The content decides, in the
order of this list, then the ending; a file that could be two formats carries a
warning that says which it was taken for.

All of them may be compressed with gzip or packed into a zip, and may be UTF-8,
UTF-16, GB18030, Big5, EUC-KR, Shift-JIS or Windows-1252.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return c.formats() },
	}
}

func (c *console) formats() error {
	all := formats.All()
	width, endings := 0, 0
	for _, f := range all {
		width = max(width, len(f.Name))
		endings = max(endings, len(endingsOf(f)))
	}
	for _, f := range all {
		if _, err := fmt.Fprintf(c.out, "%-*s  %-*s  %s\n", width, f.Name, endings, endingsOf(f), f.Sign); err != nil {
			return failure{statusPartial, fmt.Errorf("write formats: %w", err)}
		}
	}
	return nil
}

func endingsOf(f formats.Format) string {
	if len(f.Endings) == 0 {
		return "any"
	}
	return strings.Join(f.Endings, " ")
}
