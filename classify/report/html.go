package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"callscam/classify/evaluate"
)

// Pages hold everything they need: no script, and a policy that forbids the
// browser to fetch anything, whatever a transcript may have smuggled in.
//
//go:embed html/*.tmpl
var templates embed.FS

var pages = sync.OnceValues(func() (*template.Template, error) {
	return template.New("").Funcs(pageWords()).ParseFS(templates, "html/*.tmpl")
})

// writePage fills the named template. Control characters and those that turn
// the direction of writing become spaces.
func writePage(out io.Writer, name string, data any) error {
	t, err := pages()
	if err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	var buf bytes.Buffer
	if err := t.ExecuteTemplate(&buf, name, data); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	for line := range strings.Lines(buf.String()) {
		line = strings.TrimRight(line, " \n")
		if strings.TrimLeft(line, " ") == "" {
			continue
		}
		if _, err := io.WriteString(out, Plain(line)+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// pageWords are what templates call.
func pageWords() template.FuncMap {
	return template.FuncMap{
		"words":    Words,
		"named":    name,
		"figure":   func(f evaluate.Figure) string { return trueMinus(figure(f)) },
		"interval": interval,
		"signed":   func(e evaluate.Estimate) string { return trueMinus(signedValue(e.Value)) },
		"spread":   spread,
		"brief":    brief,
		"sliced": func(by string) string {
			if by == "lang" {
				return "language"
			}
			return by
		},
		"points":  points,
		"weight":  func(p float64) string { return trueMinus(fmt.Sprintf("%+.3f", p)) },
		"percent": percent,
		"quartiles": func(qs []evaluate.Figure) string {
			return trueMinus(quartiles(qs, "%.0f"))
		},
		"capital":  capital,
		"sentence": func(s string) string { return strings.TrimRight(capital(s), ".") + "." },
		"count":    count,
		"whole":    newWholeStrip,
		"row":      func(name string, e evaluate.Estimate) figureRow { return figureRow{name, e} },
		"rows":     func(rows ...figureRow) []figureRow { return rows },
		"truth":    truth,
		"language": language,
	}
}

// figureRow is a row of a table of figures.
type figureRow struct {
	Name string
	E    evaluate.Estimate
}

// truth is the share of scams among the calls of a verdict.
func truth(s evaluate.Summary) evaluate.Estimate {
	ends := evaluate.Wilson(s.Scam, s.Scam+s.Legit)
	return evaluate.Estimate{Value: evaluate.Figure(float64(s.Scam) / float64(s.Scam+s.Legit)), Low: evaluate.Figure(ends[0]), High: evaluate.Figure(ends[1])}
}

// trueMinus sets a minus sign where there is a hyphen before a digit, and a
// dash for what is not known.
func trueMinus(s string) string {
	if s == "-" {
		return "–"
	}
	return strings.ReplaceAll(s, "-", "−")
}

// interval writes the ends of an estimate's interval: "0.90–0.96".
func interval(e evaluate.Estimate) string {
	switch {
	case !bounded(e):
		return ""
	case e.Low < 0:
		return trueMinus(fmt.Sprintf("%.3f to %.3f", float64(e.Low), float64(e.High))) + mark(e)
	}
	return fmt.Sprintf("%.3f–%.3f", float64(e.Low), float64(e.High)) + mark(e)
}

// bounded reports whether the estimate has an interval.
func bounded(e evaluate.Estimate) bool {
	return e.Value.Defined() && e.Low.Defined() && e.High.Defined()
}

// brief writes the ends of the interval of a share with two digits.
func brief(e evaluate.Estimate) string {
	if !bounded(e) {
		return ""
	}
	return fmt.Sprintf("%.2f–%.2f", float64(e.Low), float64(e.High)) + mark(e)
}

func signedValue(f evaluate.Figure) string {
	if !f.Defined() {
		return "-"
	}
	return fmt.Sprintf("%+.3f", float64(f))
}

// spread writes the ends of a difference's interval with their signs.
func spread(e evaluate.Estimate) string {
	if !bounded(e) {
		return ""
	}
	return trueMinus(fmt.Sprintf("%+.2f to %+.2f", float64(e.Low), float64(e.High)))
}

// points writes thousandths of a point with their sign: "+0.810".
func points(thousandths int) string {
	return trueMinus(fmt.Sprintf("%+.3f", float64(thousandths)/1000))
}

// count writes a number with commas between thousands.
func count(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

func language(code string) string {
	switch code {
	case "en":
		return "English"
	case "zh":
		return "Chinese"
	}
	return code
}
