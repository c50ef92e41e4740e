package formats

import "testing"

func FuzzAmazonTranscribe(f *testing.F)  { fuzzFormat(f, "amazon-transcribe") }
func FuzzCallAnalytics(f *testing.F)     { fuzzFormat(f, "call-analytics") }
func FuzzContactLens(f *testing.F)       { fuzzFormat(f, "contact-lens") }
func FuzzAzureBatch(f *testing.F)        { fuzzFormat(f, "azure-batch") }
func FuzzAzureFast(f *testing.F)         { fuzzFormat(f, "azure-fast") }
func FuzzAzureConversation(f *testing.F) { fuzzFormat(f, "azure-conversation") }
func FuzzDeepgram(f *testing.F)          { fuzzFormat(f, "deepgram") }
func FuzzAssemblyAI(f *testing.F)        { fuzzFormat(f, "assemblyai") }
func FuzzRevAI(f *testing.F)             { fuzzFormat(f, "revai") }
func FuzzOtterJSON(f *testing.F)         { fuzzFormat(f, "otter-json") }
func FuzzWhisperCPP(f *testing.F)        { fuzzFormat(f, "whisper.cpp") }
func FuzzWhisperX(f *testing.F)          { fuzzFormat(f, "whisperx") }
func FuzzWhisper(f *testing.F)           { fuzzFormat(f, "whisper") }
func FuzzFasterWhisper(f *testing.F)     { fuzzFormat(f, "faster-whisper") }
func FuzzGoogleSpeech(f *testing.F)      { fuzzFormat(f, "google-speech") }
func FuzzFunASR(f *testing.F)            { fuzzFormat(f, "funasr") }
func FuzzDialogueHistory(f *testing.F)   { fuzzFormat(f, "dialogue-history") }
func FuzzPhishingBench(f *testing.F)     { fuzzFormat(f, "phishing-bench") }
