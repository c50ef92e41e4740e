package formats

import "strings"

var languageNames = map[string]string{
	"english": "en", "chinese": "zh", "mandarin": "zh", "cantonese": "zh", "cmn": "zh", "yue": "zh",
	"japanese": "ja", "korean": "ko", "spanish": "es", "french": "fr", "german": "de", "hindi": "hi",
	"auto": "", "und": "", "unknown": "", "nospeech": "",
}

// languageOf returns the language of a recogniser's tag or name, such as
// en_us, zh-CN, cmn-Hans-CN or english, or nothing where it names none.
func languageOf(tag string) string {
	tag, _, _ = strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	if lang, ok := languageNames[tag]; ok {
		return lang
	}
	if len(tag) < 2 || len(tag) > 3 || strings.ContainsFunc(tag, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return ""
	}
	return tag
}
