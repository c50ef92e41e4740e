package main

import (
	"io"

	"callscam/classify/report"
	"callscam/corpus"
	"callscam/features"
)

// convertFeatures writes the dense tactic features of each call.
func (c *console) convertFeatures(f *convertFlags, paths []string) error {
	cat, err := features.Default()
	if err != nil {
		return err
	}
	analyzer, vectorizer := features.NewAnalyzer(cat), features.NewVectorizer(cat, nil)
	grid := report.NewGrid(vectorizer)
	v := c.newConversion()
	return v.toFile(f.out, func(out io.Writer) error {
		err := v.each(paths, f.format, func(ex *corpus.Example) error {
			grid.Add(vectorizer.Vector(analyzer.Read(&ex.Transcript)), ex.Label)
			return nil
		})
		if err != nil || v.read == 0 {
			return err
		}
		write := grid.WriteARFF
		if f.to == "csv" {
			write = grid.WriteCSV
		}
		if err := write(out); err != nil {
			return failure{statusPartial, err}
		}
		return nil
	})
}
