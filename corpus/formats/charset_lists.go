package formats

import "strings"

// The most frequent characters of the corpus' Chinese calls, and the
// traditional forms of frequent ones.
const commonHan = "我你的了是不个一您说人那话有就要好这在上没给点下来到十三还里看天行二得打啊去们么号百子先客对四过他六着卡八户跟也别都开小后会五头老家两讲机千用面信多以手哈边钱出等喂吧呢能电儿问转发请服听自把码回嗯万现可九哪什七收今大事再分时证按金吗退单哦前哎记交叫接月款字报己年费公第名呀道啥账写意知嘛本车她起保关几工让件明生才念零刚张同口通午进谢做停位它完系期门提条中真块理师拿妈算走样银所快动次付见清台办为慢定带扣想怎录密又份放挂额晚少管查找正加心学吃半笔声姓方买短音身外告统成周姐务数太诉谁" +
	"個您們這說話沒點還裡號對過戶開後會頭兩講機錢邊電兒問轉發請聽碼萬現麼時證嗎單記報費賬帳寫車關幾讓張謝係門條塊師媽樣銀動見辦帶錄額數務統誰訴買聲當與從經來國業員詐騙繳幫無總區種應該實長間" +
	"，。！？、：；“”‘’（）《》【】—…　"

// The most frequent syllables of spoken and written Korean.
const commonHangul = "이다는을가에고하의지를은로한기도사라서자시해나인있리아어니그대게정보으수네까안제요들면일만여주전부거저입습죄송합세무스마오상드구감금용우신행장비원계좌번호확카결님예야와때모통화말좀데과조내바치동위미반경찰검개른없었했것선생분성공유물각명점할될된돼습니금융소설락려문연락처"

func isCommonHan(r rune) bool { return strings.ContainsRune(commonHan, r) }

func isCommonHangul(r rune) bool { return strings.ContainsRune(commonHangul, r) }

func isKana(r rune) bool {
	return r >= 0x3041 && r <= 0x30fe || strings.ContainsRune("。、「」？！　ー", r)
}

// isLatinSign holds for the accented letters and signs that Western texts have.
func isLatinSign(r rune) bool {
	return strings.ContainsRune("’‘“”–—…•£€éèêëàâäáãåçñíìîïóòôöõøúùûüßæœÉÈÀÄÅÇÑÖÜØ°·®©™«»¿¡½\u00a0", r)
}
