package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"callscam/classify/report"
	"callscam/features"
)

func newTactics(c *console) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "tactics",
		Short: "List, show, test and try the tactics that are looked for",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().StringVar(&dir, "dir", "", "folder of rule files to use instead of the built-in ones")
	load := func() (*features.Catalog, error) {
		if dir == "" {
			return features.Default()
		}
		return features.LoadCatalog(os.DirFS(dir))
	}
	cmd.AddCommand(&cobra.Command{
		Use: "list", Short: "One line a tactic", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			cat, err := load()
			if err != nil {
				return err
			}
			return listTactics(c, cat)
		},
	}, &cobra.Command{
		Use: "show ID", Short: "A tactic's meaning, patterns and examples", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			cat, err := load()
			if err != nil {
				return err
			}
			i, ok := cat.Lookup(args[0])
			if !ok {
				return fmt.Errorf("unknown tactic %q: want an ID or name from classify tactics list", args[0])
			}
			showTactic(c, cat, i)
			return nil
		},
	}, &cobra.Command{
		Use: "test", Short: "Run every rule file's own match and nomatch lines", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			cat, err := load()
			if err != nil {
				return err
			}
			return testTactics(c, cat)
		},
	}, newMatch(c, load), newMeasure(c, load))
	return cmd
}

func listTactics(c *console, cat *features.Catalog) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	plain := report.Plain // rule files may come from elsewhere
	fmt.Fprintln(w, "ID\tNAME\tKIND\tSTAGE\tPATTERNS\tMEANING")
	for _, t := range cat.Tactics {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\n", plain(t.ID), plain(t.Name), t.Kind, t.Stage, len(t.Rules), plain(t.Meaning))
	}
	return w.Flush()
}

func showTactic(c *console, cat *features.Catalog, i int) {
	t := cat.Tactics[i]
	plain := report.Plain
	fmt.Fprintf(c.out, "%s %s (%s", plain(t.ID), plain(t.Name), t.Kind)
	if t.Stage != features.NoStage {
		fmt.Fprintf(c.out, ", stage: %s", t.Stage)
	}
	fmt.Fprintf(c.out, ")\nfile: features/tactics/%s\n\nMeaning: %s\n", plain(cat.File(i)), plain(t.Meaning))
	if t.Why != "" {
		fmt.Fprintf(c.out, "Why it matters: %s\n", plain(t.Why))
	}
	for _, lang := range []string{"en", "zh"} {
		fmt.Fprintf(c.out, "\nPatterns (%s)\n", lang)
		for _, r := range t.Rules {
			if r.Lang == lang {
				fmt.Fprintf(c.out, "  %s\n", plain(r.Pattern))
			}
		}
		for _, match := range []bool{true, false} {
			fmt.Fprintf(c.out, "%s\n", map[bool]string{true: "Found in", false: "Not found in"}[match])
			for _, ex := range t.Examples {
				if ex.Lang == lang && ex.Match == match {
					fmt.Fprintf(c.out, "  %s\n", plain(ex.Text))
				}
			}
		}
	}
}

func testTactics(c *console, cat *features.Catalog) error {
	failures, lines := cat.Check()
	for _, f := range failures {
		fmt.Fprintln(c.out, report.Plain(f))
	}
	fmt.Fprintf(c.out, "%d tactics and cues, %d lines, %d failed\n", len(cat.Tactics), lines, len(failures))
	if len(failures) > 0 {
		return exit(statusPartial)
	}
	return nil
}

// matchJSON is one piece of evidence as tactics match prints it.
type matchJSON struct {
	Tactic   string `json:"tactic"`
	Polarity string `json:"polarity"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Quote    string `json:"quote"`
}

func newMatch(c *console, load func() (*features.Catalog, error)) *cobra.Command {
	var asJSON, redact bool
	cmd := &cobra.Command{
		Use: "match TEXT", Short: "Show the evidence in a text, as if the caller said it", Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			cat, err := load()
			if err != nil {
				return err
			}
			text := strings.Join(args, " ")
			doc := features.NewAnalyzer(cat).ReadText(text)
			if redact {
				text = report.Redact(text)
			}
			enc := json.NewEncoder(c.out)
			enc.SetEscapeHTML(false)
			for i := range doc.Evidence {
				e := &doc.Evidence[i]
				m := matchJSON{cat.Tactics[e.Tactic].Name, e.Polarity.String(), e.Start, e.End, text[e.Start:e.End]}
				if asJSON {
					if err := enc.Encode(m); err != nil {
						return err
					}
					continue
				}
				fmt.Fprintf(c.out, "%-24s %-12s %q\n", report.Plain(m.Tactic), m.Polarity, m.Quote)
			}
			return nil
		},
	}
	redactFlag(cmd.Flags(), &redact)
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}
