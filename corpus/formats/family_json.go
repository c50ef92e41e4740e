package formats

// jsonFamily returns the JSON formats of recognisers and call platforms, each
// of which is known by its keys.
func jsonFamily() []Format {
	var out []Format
	for _, s := range shapes() {
		out = append(out, s.format())
	}
	return out
}

// shapes returns the shapes in the order in which they are tried: what is
// known by a rare key comes before what is known by a common one.
func shapes() []shape {
	return []shape{
		amazonTranscribe, amazonCallAnalytics, amazonContactLens,
		azureBatch, azureFast, azureConversation,
		deepgram, assemblyAI, revAI, otterJSON,
		whisperCPP, whisperX, whisper, fasterWhisper,
		googleSpeech, funASR, dialogueHistory, phishingBench,
	}
}
