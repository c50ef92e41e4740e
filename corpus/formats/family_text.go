package formats

const textName = "text"

// textFamily returns the formats that are not JSON.
func textFamily() []Format {
	return []Format{
		{textName, "anything else that is text: header lines \"# key: value\", then \"speaker: text\"", []string{".txt"}, isText, readText, true},
	}
}
