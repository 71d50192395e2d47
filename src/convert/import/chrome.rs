//! T3: the furniture of web pages and mails.
//!
//! A line is furniture only when it is short, matches a list from its first character, and stands before the body or after
//! it: a sentence that speaks of 微信 is never touched.

use super::super::han;
use super::crumbs;
use super::fields::{self, Label};
use super::lists::List;
use super::raw::{self, Block, Fact, Facts, Kind, Zone};
use super::{Work, body};
use crate::base::words;

/// Lines that are furniture as a whole.
static WHOLE: List = List::new(
    "打开文本图片集 可视化 引用本文 原图 高精图 无障碍浏览 长者模式 看全文 写评论 查看评论 提交 发表 跟帖 跟帖用户自律公约 放大+ 缩小- 默认o 版面导航 标题导航 首页 網站首頁 网站首页 返回首页 主页 首頁 站内搜索 站內搜索 熱門搜尋 热门搜索 热搜 搜索 登录 登錄 登入 注册 登录注册 登录/注册 退出 设为首页 加入收藏 收藏本站 收藏 联系我们 聯繫我們 关于我们 關於我們 网站地图 投稿 在线投稿 我要投稿 订阅 返回 返回列表 返回目录 返回顶部 回到顶部 顶部 TOP Top 打印 打印本页 打印本頁 列印 关闭 關閉 关闭窗口 【关闭窗口】 【打印】 分享 分享到 分享至 分享文章 一键分享 字号 大 中 小 大中小 A+ A- A A-A+ AA 文字缩放 文字縮放 放大 缩小 默认 评论 我要评论 发表评论 举报 纠错 我要纠错 上一页 下一页 上一篇 下一篇 末页 尾页 扫一扫 微信扫一扫 微信 微博 新浪微博 腾讯微博 QQ QQ空间 QQ好友 微信好友 朋友圈 点赞 在看 赞 转发 复制链接 无障碍 无障碍浏览 长者模式 关怀版 手机版 电脑版 触屏版 English 繁体 简体 繁體 簡體 简 繁 移动端 客户端 APP APP下载 客户端下载 菜单 导航 热门 推荐 更多 更多>> 更多> MORE 正文 正文： 阅读原文 播放 暂停 加载中 加载更多 正在加载 调整字体 缩小字体 放大字体 字号+ 字号- T 报料 下载APP 打开APP 关注 + - T+ T- x X 换一换 不感兴趣 易信 Qzone QQ微信 我要反馈 侵权投诉 切換到繁體 切换到繁体 转繁体版 旧版回顾 无障碍说明 登录注册 我的收藏 展开 收起 展开全文 查看全文 广告 AD 责任编辑 原创 转载 写留言 END 听全文 朗读 语音播报 二维码 公众号 官方微信 官方微博 点击查看大图 点击图片查看大图 图片 预览 发送 全文如下 下载 附件下载 目录 本期目录 往期回顾 过刊浏览 当期目录 在线阅读 全文阅读 电子刊 期刊 杂志 新闻 评论员 视频 专题 机关党建 论坛 博客 读书 文摘 党建 理论 党史 时政 社会 财经 文化 教育 科技 军事 体育 健康 旅游 图片频道 地方 国际 国内 要闻 头条 滚动 通知公告 举报电话 网站声明 法律声明 隐私政策 用户协议 友情链接 版权声明 上一版 下一版 小字号 大字号 中字号 分享让更多人看到 下载客户端 打印此页 关闭此页 当前位置 高级搜索 台湾 观点 领导 人事 法治 0 新聞 評論 副刊 圖輯 圖片 視頻 影音 專題 論壇 社論 讀書 理論 黨建 黨史 打印正文 打印文章 打印全文 关闭本页 关闭页面 收藏本页 收藏本文 收藏此页 忘记密码 找回密码 用户名 密码 立即登录 注册会员 会员中心 繁體版 繁体版 简体版 移动版 手機版 網站地圖 留言 轉寄 列印本頁 放大字級 字級 完 全文完 本文完 （完） (完) （全文完） （本文完） 返回主页 上一頁 下一頁 上一則 下一則 返回列表页 关于 归档 归档页 首页推荐 朗读本文 收听 听新闻 复制 复制本文 海报 生成海报 稍后阅读 夜间模式 护眼模式 讚 按讚 转发到微博 返回上一页 返回上级 期刊导航 查看该刊数据库收录来源 您此时的心情 新闻表情排行日/周 阅读剩余全文 我要举报 开始答题 告诉好友 打印此文 政务公开 办事服务 互动交流 走进 信息公开 当前版面 Facebook WhatsApp Twitter Telegram 複製連結 廣告",
);

/// Beginnings of furniture lines.
static BEGINS: List = List::new(
    "写评论 还可输入 投稿邮箱 投稿郵箱 投稿信箱 投稿热线 投稿电话 投稿方式 站内搜索 站內搜索 请输入关键 文字缩放 文字縮放 字号： 字號： 字体： 字體： 【字号 【字体 字体大小 字号大小 分享到 分享至 分享： 用微信扫 打印本 上一篇 下一篇 上一条 下一条 扫一扫 扫码 掃一掃 长按识别 长按二维码 长按上方 微信扫 微信公众号 微信号 关注我们 关注公众号 点击关注 点击上方 点击蓝字 点击下方 点击标题下方 因公众号推送 点击“ 版权声明 版权所有 版權所有 版權聲明 未经授权 未经许可 Copyright copyright © 京ICP 京公网安备 公安备 主管单位： 主办单位： 主办： 承办： 协办： 技术支持 网站标识码 网站管理 相关阅读 相关文章 相关新闻 相关链接 相關閱讀 相關新聞 相关推荐 推荐阅读 延伸阅读 热门文章 热点推荐 热门推荐 更多精彩 更多阅读 猜你喜欢 往期 精彩推荐 阅读原文 本文链接 本文地址 转载请注明 轉載請註明 欢迎转载 免责声明 特别声明 您当前的位置 您當前的位置 当前位置 當前位置 您的位置 您现在的位置 您所在的位置 所在位置 现在位置 我要评论 网友评论 条评论 发表评论 浏览次数 阅读次数 阅读量 点击量 点击数 举报电话 举报邮箱 违法和不良 客服热线 编辑部电话 编辑部地址 编辑部： 地址： 邮编： 电话： 传真： 网址： 服务热线 联系电话 责任编辑邮箱 我的手机 发自我的 从我的 Sent from 来自我的 您好，欢迎 欢迎访问 欢迎您 点击播放 点击视频 点击观看 点击收听 收听全文 点击进入 进入专题 查看更多 阅读更多 识别二维码 登录后 请登录 参与评论 您是第 访问总量 本站访问 点个“在看” 点亮“在看” 分享给 分享到朋友圈 欢迎分享 写留言 以下文章来源于 本文来源于公众号 本文转载自公众号 热门排行 热点新闻 最新新闻 数字报 END ——END -END- —END— 点个在看 点赞 按讚加入 按讚追蹤 加入粉絲團 追蹤我們 分享收藏 打印正 打印全 打印文 用户名： 用户名: 密码： 密码: 用户登录 關注我們 關注公眾 掃碼 延伸閱讀 推薦閱讀 相關報導 熱門文章 點擊 未經授權 未经本网 請輸入 请输入 欢迎关注 歡迎關注 扫描二维码 扫描下方 扫描上方 扫描右侧 识别下方 识别图中 长按下方 长按图片 分享、 点赞、 转发、 投稿请 訂閱 浙ICP 本站由 自豪地采用 Powered Designed 本页面 浏览器 建议使用 最佳浏览 網站地圖 站点地图 政府网站 联系方式： 订阅热线 邮发代号 下一則 上一則 上一頁 下一頁 返回顶 您的浏览器 预览时标签 聽新聞 正在阅读 全文约 全文共 阅读约 阅读大约 阅读时间 预计阅读",
);

/// What a page says below its pictures, in the middle of the text too.
static VIEWER: List = List::new(
    "点击查看大图 点击查看原图 点击图片查看大图 点击看大图 点击放大 查看大图 查看原图 下载原图 點擊查看大圖 點擊放大 点击图片放大 左右滑动查看更多 上下滑动查看更多",
);

/// Notices that may be long; they stand behind the article alone.
static NOTICES: List = List::new(
    "版权声明 版權聲明 免责声明 免責聲明 特别声明 凡本网 凡本刊 凡注明 本网站所有 本网所有 本文仅代表 未经授权 未经许可 声明： 聲明： 转载请注明 Copyright © 版权所有 注：本文转载 注：本文来源于网络 注：图片来源网络 （图片来源于网络 图片来源于网络 文章来源于网络 本文来源于网络 如有侵权 若有侵权 部分图片来源 未經授權 版權所有 转载声明 欢迎转载，请",
);

/// Headings of lists of other articles: all that follows is theirs.
static OTHERS: List = List::new(
    "杂志排行 期刊排行 杂志分类 相关菜谱 相关文件 相关政策 相关解读 相关附件 相关阅读 相关文章 相关新闻 相关链接 相關閱讀 相關新聞 相关推荐 推荐阅读 延伸阅读 热门文章 热点推荐 热门推荐 更多精彩 更多阅读 猜你喜欢 往期 精彩推荐 最新文章 本类推荐 排行榜 点击排行 热点排行 延伸閱讀 推薦閱讀 熱門文章 熱門新聞 相關報導 近期文章 喜欢此内容的人还 你可能还 你可能会 您可能 更多文章 为您推荐 为你推荐 作者最新文章 作者其他文章 小编最近文章 最近文章 相关搜索 相关专题 相关报道 推荐新闻 重点推荐 新闻推荐 热门标签 大家都在看 大家都爱看 阅读下一篇 编辑推荐 站内推荐 本周热门 本月热门 今日热门 最新报道 最新资讯 热门新闻 热点新闻 新闻排行 图片新闻 推薦文章 相關文章 人氣文章 編輯推薦 你可能也 更多新聞 看更多",
);

/// Above what readers said of the article: all that follows is theirs and the site's.
static COMMENTS: List = List::new(
    "网友评论 网友跟帖 网友跟贴 热门评论 最新评论 最热评论 全部评论 精彩评论 精选评论 精选留言 读者评论 读者留言 新闻评论 文章评论 用户评论 评论列表 发表评论 我要评论 我要跟帖 我要跟贴 写评论 热门跟帖 热门跟贴 我来说两句 我有话说 留言列表 網友評論 發表評論 讀者留言 最新留言 熱門留言 我要留言 發表留言 讀者回應 發表回應",
);

/// Buttons and steps that stand below an article and not within it.
static BELOW: List = List::new(
    "分享到 分享至 分享： 分享: 上一篇 下一篇 上一条 下一条 上一則 下一則 上一则 下一则 扫一扫 微信扫一扫 用微信扫 返回首页 返回列表 特别声明 免责声明 版权声明 免責聲明 版權聲明",
);

/// How to reach an office: a site's foot has it, and so has the end of a notice.
static CONTACTS: List = List::new(
    "地址 邮编 电话 传真 网址 邮箱 信箱 联系人 联系电话 联系方式 联系地址 投稿邮箱 投稿信箱 投稿地址 咨询电话 报名电话 通讯地址 电子邮箱 编辑部地址 编辑部电话 E-mail",
);

/// What an author writes below a manuscript for the office alone.
static PRIVATE: List = List::new(
    "手机： 手机: 手机号 身份证 开户 账号： 账号: 帐号： 户名 银行卡 银行账 卡号 通联 通信地址 通讯地址 通讯方式 联系方式： 联系电话 微信： 微信: QQ： QQ: 收款人 邮寄地址",
);

static NOTICE: List =
    List::new("通知 启事 启示 公告 公示 通告 邀请函 倡议书 征文 征稿 招聘 招募令 须知 啟事 徵文 徵稿 預告 预告");

/// T3: drops furniture before and behind the body, remembering the mailbox.
pub fn furniture(work: &mut Work) {
    let (first, last) = body::bounds(&work.blocks);
    let mut others = false;
    let mut signed = false;
    let counted = work.blocks.iter().any(|b| matches!(&b.text()[..], "2" | "02" | "二"));
    let mut contacts = work.blocks.iter().take(first).any(|b| NOTICE.ends(&b.text()));
    let facts = &mut work.facts;
    let log = &mut work.log;
    let pages = page_numbers(&work.blocks, first..last);
    let mut at = 0;
    let mut above = 0;
    work.blocks.retain(|block| {
        let here = at;
        at += 1;
        let text = block.text();
        let tail = here > last;
        // `1` above the first paragraph, where `2` follows.
        if here + 1 == first && counted && matches!(&text[..], "1" | "01" | "一") {
            return true;
        }
        let paged = here >= first && (is_pagination(&text) || !tail && VIEWER.has(&text)) || pages.contains(&here);
        if let Kind::Table(table) = &block.kind
            && here < first
            && body::is_form(table)
        {
            let cells: String = table.rows.iter().flatten().map(|c| raw::text(&c.runs)).collect();
            log.dropped("T3", block.line, cells, words("网页装饰", "site furniture"));
            return false;
        }
        if here >= first && !tail && !paged
            || !matches!(block.kind, Kind::Para | Kind::Item { .. } | Kind::Heading(_) | Kind::Quote | Kind::Caption)
        {
            return true;
        }
        others |= tail && is_others(&text);
        if tail && contacts {
            contacts = CONTACTS.begins(&text).is_some() || !is_furniture(&text, true);
            if contacts {
                return true;
            }
        }
        signed |= tail && (is_credit(&text) || is_signed_off(&text) || begins(&text, &BELOW));
        let linked = tail && block.all(|r| r.link().is_some()) && han::count(&text) >= 4;
        let why = match () {
            () if paged => words("分页与看图的按钮", "pagination, a viewer's button"),
            () if is_furniture(&text, tail) => {
                // What follows a notice of rights is the site's.
                others |= tail && begins(&han::squeezed(&text), &NOTICES);
                words("网页装饰", "site furniture")
            }
            () if others && !is_credit(&text) => words("相关文章", "other articles"),
            () if signed && !is_text(&text) => words("网页装饰", "site furniture"),
            () if linked => words("链接列表", "a list of links"),
            () if tail && PRIVATE.begins(&text).is_some() && han::count(&text) < 40 => {
                words("作者的联系办法和账号", "how to reach and to pay the author")
            }
            () if is_menu(&text) && (!tail || is_barred(&text)) => words("导航", "navigation"),
            () => return true,
        };
        // The office's, no author's and no sender's.
        if ["投稿", "来稿", "來稿", "编辑部", "編輯部", "征稿", "徵稿"].iter().any(|w| text.contains(w))
        {
            mailbox(&text, block.line, facts);
        }
        if here < first
            && let Some(parts) = crumbs::trail(&text)
        {
            crumbs::learn(&parts, block, facts);
        }
        above += usize::from(here < first);
        log.dropped("T3", block.line, text, why);
        false
    });
    work.menu = above >= 3;
}

/// The heading of other articles, or of what readers said.
pub fn is_others(text: &str) -> bool {
    let more = text.starts_with("更多") && text.ends_with(['：', ':']);
    let talk = || is_count(&han::squeezed(text), &["评论", "跟帖", "跟贴", "留言", "評論"]);
    han::count(text) <= 12 && (begins(text, &OTHERS) || begins(text, &COMMENTS) || more || talk())
}

/// Whether a line closes an article: a sign-off of its editors, buttons, other articles, what readers said.
pub fn closes(text: &str) -> bool {
    let short = han::count(text) <= 40 && !sentence(text);
    short && (is_others(text) || begins(text, &BELOW) || is_signed_off(text))
}

/// `责任编辑：王明`, `【纠错】责任编辑：王明`: by who edited it.
pub fn is_signed_off(text: &str) -> bool {
    const ENDS: [&str; 8] = ["编辑", "編輯", "责编", "責編", "编审", "签发", "校对", "审核"];
    let edits = |f: &fields::Field| f.label == Label::Credit && ENDS.iter().any(|e| f.name.ends_with(e));
    // `本文来源：山行报 作者：周宁 责任编辑：林远`.
    let told = |l: Label| matches!(l, Label::Credit | Label::Source | Label::Author | Label::Time | Label::Chrome);
    let found = fields::fields(text).unwrap_or_default();
    found.iter().all(|f| told(f.label) && han::count(&f.value) <= 16) && found.iter().any(edits)
}

/// `12评论`, `评论(12)`, `6条评论|106人参与网友评论`: numbers, what they count, and nothing else: `三渡2次` may be a title.
fn is_count(text: &str, names: &[&str]) -> bool {
    const BETWEEN: &str = "条 條 人 次 个 位 共 有 已 量 数 万 了 网友 發表 发表 查看 全部 更多 参与";
    let sign = |c: char| c.is_ascii_digit() || "（）()[]【】,，.|｜+:：".contains(c);
    let named = text.contains(|c: char| c.is_ascii_digit()) && names.iter().any(|n| text.contains(n));
    if !named {
        return false;
    }
    let mut rest = text.trim_start_matches(sign);
    while let Some(word) = names.iter().copied().chain(BETWEEN.split(' ')).find(|w| rest.starts_with(w)) {
        rest = rest[word.len()..].trim_start_matches(sign);
    }
    rest.is_empty()
}

/// What may stand behind the sign-off and is no furniture: a sentence, a note, a label, a name.
fn is_text(text: &str) -> bool {
    han::ends_sentence(text) && han::count(text) >= 12
        || text.starts_with(['（', '(', '《', '*', '注'])
        || text.starts_with(['[', '【']) && (is_entry(text) || text.ends_with([']', '】']))
        || fields::fields(text).is_some()
        || super::names::is_byline(text)
        || super::tail::is_printed(text)
        || super::figures::is_caption(text)
        || super::figures::ends_in_credit(&format!("。{text}"))
}

/// `[1] 林远.石阶[M].`: an entry of the literature.
fn is_entry(text: &str) -> bool {
    text.trim_start_matches(['[', '【']).starts_with(|c: char| c.is_ascii_digit())
}

fn is_credit(text: &str) -> bool {
    fields::fields(text).is_some_and(|f| f.iter().all(|f| f.label == Label::Credit))
}

/// Whether a line matches the lists.
pub fn is_furniture(text: &str, tail: bool) -> bool {
    // As long as a paragraph is a notice alone; most of a text is asked no more than this.
    const PARAGRAPH: usize = 180;
    if text.len() > PARAGRAPH && text.contains('。') {
        return tail && begins(text, &NOTICES) || is_record(text);
    }
    let squeezed = han::squeezed(text);
    let pieces: Vec<&str> = squeezed.split(['【', '】', '[', ']']).filter(|p| !p.is_empty()).collect();
    if pieces.len() > 1 && pieces.iter().all(|p| WHOLE.has(p)) {
        return true;
    }
    // The page of a newspaper.
    if squeezed
        .strip_prefix('第')
        .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('版'))
        && squeezed.chars().count() <= 14
    {
        return true;
    }
    let plain = squeezed.trim_matches(|c: char| {
        c.is_ascii_punctuation() && c != '+' && c != '-' && c != '>' || "【】「」｜丨·◆■●▲▼↑↓→《》？！".contains(c)
    });
    let short = han::count(&squeezed) < 30;
    let mut parts = text
        .split(|c: char| han::is_blank(c) || matches!(c, '|' | '｜' | '丨' | '⋅'))
        .filter(|p| !p.is_empty())
        .peekable();
    if parts.peek().is_some() && parts.all(|p| WHOLE.has(p) || is_counter(p)) {
        return true;
    }
    if WHOLE.has(plain) || WHOLE.has(&squeezed) || plain.is_empty() && !squeezed.chars().any(|c| "*＊※—-".contains(c))
    {
        return true;
    }
    if is_tags(&squeezed)
        || is_dated_link(text)
        || is_app(&squeezed)
        || is_consent(&squeezed)
        || tail && is_reserved(&squeezed)
    {
        return true;
    }
    // How often it was read; a year may be a title.
    if squeezed.chars().all(|c| c.is_ascii_digit()) && squeezed.len() != 4 && squeezed.len() < 8 || is_place(&squeezed)
    {
        return true;
    }
    let labels = fields::fields(text).unwrap_or_default();
    let chrome = labels.iter().filter(|f| matches!(f.label, Label::Chrome | Label::Email)).count();
    let (all_chrome, told) = (chrome > 0 && chrome == labels.len(), chrome < labels.len());
    short && !told && (all_chrome || begins(&squeezed, &BEGINS) && !sentence(&squeezed))
        || tail && begins(&squeezed, &NOTICES)
        || short && squeezed.contains("ICP备") && !han::ends_sentence(&squeezed)
        || is_record(&squeezed)
}

/// `1164次阅读`, `0条评论`.
pub fn is_counter(text: &str) -> bool {
    is_count(text, &COUNTED)
}

/// `下载山行App，看更多文章`, `打开山行客户端`, `山行新聞APP下載`.
fn is_app(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let step = |t: &str| ["下载", "下載", "打开", "打開"].iter().any(|s| t.starts_with(s) || t.ends_with(s));
    han::count(text) <= 20 && !text.contains('。') && step(text) && (lower.contains("app") || text.contains("客户端"))
}

/// `本網站使用 Cookie ……代表您同意相關條款。`: what a site asks of who reads it.
fn is_consent(text: &str) -> bool {
    let site = ["本網站", "本网站", "本站", "請同意", "请同意"].iter().any(|w| text.starts_with(w));
    site && han::count(text) <= 60 && ["同意", "Cookie", "cookie"].iter().any(|w| text.contains(w))
}

/// `……编写，未经授权不得转载`: a line on rights, with or without a stop.
fn is_reserved(text: &str) -> bool {
    let without = ["未经授权", "未经许可", "未經授權", "未經許可", "非經授權", "未经作者"];
    han::count(text) <= 60
        && without.iter().any(|w| text.contains(w))
        && ["转载", "轉載"].iter().any(|w| text.contains(w))
}

/// `#渡口十年#水尾`.
fn is_tags(text: &str) -> bool {
    let tags = text.strip_prefix('#').unwrap_or_default();
    !tags.is_empty()
        && text.chars().count() <= 60
        && tags.split('#').all(|t| han::count(t) <= 12 && !t.contains(['，', '。']))
}

/// `· 我校召开2023年春... 01/22`: a row of another list, with its day and no year.
fn is_dated_link(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['·', '•', '▪', '■', '□']) else { return false };
    let day = rest.rsplit(han::is_blank).next().unwrap_or_default().trim_matches(['[', ']', '(', ')']);
    let number = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    day.split_once(['/', '-']).is_some_and(|(month, day)| number(month) && number(day)) && han::count(rest) <= 40
}

/// `您的当前位置：新闻中心 > 滩头`.
fn is_place(text: &str) -> bool {
    let label = text.split([':', '：']).next().unwrap_or_default();
    label.len() < text.len() && han::count(label) <= 8 && label.ends_with("位置") && !han::ends_sentence(text)
}

/// What sites count below and above an article.
const COUNTED: [&str; 17] = [
    "做过",
    "想做",
    "评论",
    "跟帖",
    "跟贴",
    "阅读",
    "人参与",
    "参与",
    "赞",
    "收藏",
    "点赞",
    "转发",
    "人气",
    "浏览",
    "次",
    "回复",
    "推荐",
];

/// `© 2024 山行网 版权所有 京ICP备12345678号`: the rights and the number of a record in a site's foot, however long; an article speaks of it in a
/// sentence.
fn is_record(text: &str) -> bool {
    let number = text.split_once("ICP备").map(|(_, behind)| behind.trim_start_matches(['案', '号', '：', ':']));
    let rest = text.split_once("版权所有").or_else(|| text.split_once("版權所有"));
    // 版权所有者 may have a title of their own.
    let rights = rest.is_some_and(|(_, rest)| !rest.starts_with(['人', '者']));
    let recorded = number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    (recorded || rights) && !han::ends_sentence(text)
}

/// A sentence of some length that happens to begin like furniture.
fn sentence(text: &str) -> bool {
    text.ends_with('。') && han::count(text) >= 20 && text.contains('，')
}

fn begins(text: &str, list: &List) -> bool {
    list.begins(text.trim_start_matches(['【', '[', '（', '(', '▼', '●', '■', '◆', '▲', '☞', '►'])).is_some()
}

/// Four words or more of two to four characters: `首页 新闻 评论 理论`.
fn is_menu(text: &str) -> bool {
    if super::names::is_byline(text) || fields::fields(text).is_some() {
        return false;
    }
    if is_path(text) {
        return true;
    }
    let sign = |c: char| han::is_blank(c) || matches!(c, '|' | '｜' | '丨' | '/' | '·');
    let parts = || text.split(sign).filter(|p| !p.is_empty());
    // `山 路`: letters set apart are one title.
    if parts().all(|p| p.chars().count() == 1) {
        return false;
    }
    let known = |p: &str| WHOLE.has(p) || p.ends_with("首页") || p.ends_with("首頁");
    if parts().nth(1).is_some() && parts().all(known) {
        return true;
    }
    let short = |p: &str| han::count(p) <= 5 && p.chars().count() <= 6 && !han::ends_sentence(p);
    // `水尾县政府｜澜江在线｜澜江政务服务网`.
    let bars = is_barred(text) && parts().all(|p| han::count(p) <= 12);
    if bars && parts().any(|p| super::titles::is_site(p) || known(p)) {
        return true;
    }
    parts().nth(3).is_some()
        && parts().all(short)
        && (parts().nth(5).is_some() || parts().any(known) || text.contains(['|', '｜', '丨']))
}

/// `安全隐私丨联系我们丨网站地图`.
fn is_barred(text: &str) -> bool {
    text.matches(['|', '｜', '丨']).count() >= 2
}

/// `首页 / 游戏 / 正文`, `首页 - 新闻动态`.
fn is_path(text: &str) -> bool {
    let mut parts = text.split(['/', '／', '>', '-', '›', '»']).map(han::trim);
    let first = parts.next().unwrap_or_default();
    let short = parts.clone().count() >= 1 && parts.all(|p| (1..=12).contains(&han::count(p)) && !p.contains('。'));
    let home = first.chars().count() <= 8 && (first.ends_with("首页") || first.ends_with("首頁"));
    let site = text.matches(" / ").count() >= 2 && super::titles::is_site(first);
    short && (home || site)
}

/// `上一页 1 2 3 下一页`, in the middle of an article too.
fn is_pagination(text: &str) -> bool {
    const STEPS: [&str; 7] = ["上一页", "下一页", "首页", "末页", "尾页", "共", "余下全文"];
    if text.len() > 300 {
        return false;
    }
    let parts = || text.split(|c: char| han::is_blank(c) || "|[]【】".contains(c)).filter(|p| !p.is_empty());
    let digits = |p: &str| p.len() <= 3 && p.bytes().all(|b| b.is_ascii_digit());
    let counted = |p: &str| p.strip_prefix(['共', '第']).and_then(|p| p.strip_suffix(['页', '頁'])).is_some_and(digits);
    let is = |p: &str| STEPS.contains(&p) || digits(p) || counted(p) || p == "...";
    // `【1】【2】【3】`.
    let listed =
        || parts().nth(2).is_some() && parts().zip(1..).all(|(p, n)| p.parse() == Ok(n)) && text.contains(['【', '[']);
    parts().nth(1).is_some() && parts().all(is) && parts().any(|p| matches!(p, "上一页" | "下一页")) || listed()
}

/// `53`, `- 54 -` alone between paragraphs: pages of what was copied. Sections count from one, and a year may name one.
fn page_numbers(blocks: &[Block], body: std::ops::Range<usize>) -> Vec<usize> {
    let number = |at: usize| {
        let text = blocks[at].text();
        let digits = text.trim_matches(|c: char| han::is_blank(c) || "-—–·".contains(c));
        let plain = blocks[at].is_para() && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|n| plain && !(1800..2100).contains(n))
    };
    let found: Vec<(usize, u32)> = body.filter_map(|at| Some((at, number(at)?))).collect();
    let counts = found.windows(2).all(|pair| pair[1].1 > pair[0].1);
    let pages = counts && found.first().is_some_and(|(_, n)| (3..10_000).contains(n));
    if pages { found.into_iter().map(|(at, _)| at).collect() } else { vec![] }
}

fn mailbox(text: &str, line: u32, facts: &mut Facts) {
    let address = text
        .split(|c: char| han::is_blank(c) || matches!(c, '：' | ':' | '，' | '；' | '）' | '（' | '(' | ')'))
        .find(|w| {
            let plain = w.replace('#', "@");
            w.is_ascii() && plain.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
        });
    if let Some(address) = address.filter(|_| facts.email.is_none()) {
        facts.email =
            Some(Fact { value: address.trim_matches(['.', ',', ';']).into(), line, origin: text.to_string() });
    }
}

/// What a page has around the article and no step wanted.
pub fn around(work: &mut Work) {
    let log = &mut work.log;
    work.blocks.retain(|block| {
        let keep = block.zone == Zone::Main;
        if !keep {
            log.dropped("T2", block.line, block.text(), words("在正文块之外", "outside the main text block"));
        }
        keep
    });
}

#[cfg(test)]
mod tests {
    use super::super::{Repair, finish, text};
    use super::is_furniture;

    /// T3: what a site counts is no title that has a number.
    #[test]
    fn numbers_and_what_they_count_are_furniture() {
        for line in ["12评论", "评论(12)", "6条评论|106人参与网友评论", "1164次阅读", "阅读：2187次", "点赞3"]
        {
            assert!(is_furniture(line, false), "{line}");
        }
        for title in ["12次敲门", "阅读3本书", "推荐100种树", "赞歌1949"] {
            assert!(!is_furniture(title, false), "{title}");
        }
    }

    /// T3: only a short line is furniture; a sentence that speaks of an ICP record is the article's.
    #[test]
    fn a_paragraph_on_icp_records_stays_and_the_record_goes() {
        let first = "去年开春，县里要给每个村的网站办ICP备案，支书老罗拿着表格跑了三趟，才把章盖齐。";
        let middle = "网站上头一篇写的是村口那棵老樟树，读的人比全村的人还多，老罗把它打印出来贴在墙上。";
        let last = "如今页脚那一行京ICP备00000000号，是老罗亲手抄上去的，他说那是村子的门牌。";
        let foot =
            "水尾县融媒体中心主办　水尾县信息技术服务中心承办　地址是水尾县城关镇沿江路八号　京ICP备00000000号-1";
        let raw = format!("网站备案记\n\n{first}\n\n{middle}\n\n{last}\n\nICP备案了。\n\n{foot}\n");
        let article = finish(text(raw.as_bytes()), None, Repair::Off, &|_| Default::default()).markdown;
        for kept in [first, middle, "是老罗亲手抄上去的", "备案了。"] {
            assert!(article.contains(kept), "{kept}\n{article}");
        }
        assert!(!article.contains("沿江路八号"), "{article}");
    }
}
