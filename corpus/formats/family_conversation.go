package formats

// conversationFamily returns the formats that were made to hand whole
// conversations on.
func conversationFamily() []Format {
	return []Format{
		{vconName, "JSON object with \"parties\" and \"dialog\", or one that signs or encrypts such an object", []string{".vcon", ".json"}, isVCon, readVCon, false},
		{"wtf", "JSON object with a \"transcript\" object and \"segments\"", []string{".wtf", ".json"}, isWTF, readWTF, false},
	}
}
