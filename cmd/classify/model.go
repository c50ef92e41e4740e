package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/spf13/cobra"

	"callscam/classify"
	"callscam/classify/report"
	"callscam/features"
)

func newModel(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: "model", Short: "Show a model", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var most int
	show := &cobra.Command{
		Use: "show [FILE]", Short: "What a model was learned from, its thresholds and weightiest features", Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := ""
			if len(args) > 0 {
				path = args[0]
			}
			cl, err := loadModel(path)
			if err != nil {
				return err
			}
			c.showModel(cl.Model, most)
			return nil
		},
	}
	show.Flags().IntVar(&most, "features", 20, "how many features to list")
	cmd.AddCommand(show)
	return cmd
}

func (c *console) showModel(m *classify.Model, most int) {
	fmt.Fprintf(c.out, "model %s, format %s\ncatalog %.12s, corpus %.12s\n", m.Digest(), report.Plain(m.Format), report.Plain(m.Catalog), report.Plain(m.Corpus))
	for _, k := range slices.Sorted(maps.Keys(m.Calls)) {
		fmt.Fprintf(c.out, "learned from %s: %d scam, %d legit\n", report.Plain(k), m.Calls[k].Scam, m.Calls[k].Legit)
	}
	fmt.Fprintf(c.out, "held out by group: recall %.3f at %g %% false alarms (95 %% interval %.3f to %.3f), ROC-AUC %.3f\n",
		m.Crossval.Recall, 100*m.Config.MaxFPR, m.Crossval.Interval[0], m.Crossval.Interval[1], m.Crossval.AUC)
	if m.Crossval.Note != "" {
		fmt.Fprintf(c.out, "note: %s\n", report.Plain(m.Crossval.Note))
	}
	fmt.Fprintf(c.out, "scam from probability %.4f, unsure from %.4f\nbias %+.4f, %d features\n",
		m.Thresholds.Scam.Probability, m.Thresholds.Unsure.Probability, m.Bias, len(m.Weights))
	for _, lang := range slices.Sorted(maps.Keys(m.Languages)) {
		fmt.Fprintf(c.out, "in %s: bias %+.4f, and %d features weigh more\n", lang, m.Bias+m.Languages[lang].Bias, len(m.Languages[lang].Weights))
	}
	ws := slices.Clone(m.Weights)
	slices.SortFunc(ws, func(a, b classify.Weight) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Name, b.Name))
	})
	for _, w := range ws[:max(0, min(most, len(ws)))] {
		fmt.Fprintf(c.out, "  %+8.4f  %s\n", w.Weight, report.Plain(w.Name))
	}
}

// version names the program as it was built.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

func newVersion(c *console) *cobra.Command {
	var showLicences bool
	cmd := &cobra.Command{
		Use: "version", Short: "Show the program's version, tactics, model and what it has given up", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if showLicences {
				_, err := io.WriteString(c.out, licences)
				return err
			}
			cat, err := features.Default()
			if err != nil {
				return err
			}
			cl, err := loadModel("")
			if err != nil {
				return err
			}
			fmt.Fprintf(c.out, "classify %s, %s %s/%s\ncatalog %.12s, %d tactics\nmodel %s\nsockets: %s\nfiles: %s\n",
				version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, cat.Digest, len(cat.Names()), cl.Model.Digest(),
				c.protection.sockets, c.protection.files)
			return nil
		},
	}
	cmd.Flags().BoolVar(&showLicences, "licences", false, "show the licences of the modules in the program instead")
	return cmd
}
