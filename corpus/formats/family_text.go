package formats

// textFamily returns the subtitles, tables and lines that are not JSON.
func textFamily() []Format {
	return []Format{
		{"vtt", "first line begins with WEBVTT (Whisper, Zoom, Teams)", []string{".vtt", ".webvtt"}, isVTT, readVTT, false},
		{"srt", "first line is a number or a time, then 00:00:01,000 --> 00:00:02,500", []string{".srt"}, isSRT, readSRT, false},
		{"fasttext", "first line begins with __label__", nil, isFastText, readFastText, false},
		{"otter", "a name, two spaces and a clock on one of the first lines", nil, isOtter, readOtter, false},
		{"csv", "rows split by commas, with column names or labels that are known", []string{".csv"}, isTable(','), readTable(','), false},
		{"tsv", "rows split by tabs, with column names, labels or times that are known (Whisper, Audacity)", []string{".tsv", ".tab"}, isTable('\t'), readTable('\t'), false},
		{"semicolons", "rows split by semicolons, with column names or labels that are known", nil, isTable(';'), readTable(';'), false},
		{"pipes", "rows split by |: column names, or speaker|utterance|act", nil, isTable('|'), readTable('|'), false},
	}
}
