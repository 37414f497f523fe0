// The interface's words in both languages, and the choice between them.

const WORDS = {
  vi: {
    skip: "Đến nội dung", sections: "Các phần", ask: "Hỏi", plan: "Kế hoạch", agencies: "Cơ quan", network: "Mạng lưới",
    theme: "Sáng hoặc tối", foot: "Mỗi câu trả lời dẫn đúng câu chữ trong kế hoạch.", other: "English",
    title: "Ai làm gì trong kế hoạch?", lead: "Hỏi bằng tiếng Việt, có dấu hay không dấu, hoặc tiếng Anh. Câu trả lời chỉ ra câu văn làm căn cứ.",
    question: "Câu hỏi", placeholder: "Ví dụ: những đơn vị nào phối hợp về xúc tiến đầu tư?", go: "Hỏi", examples: "Thử hỏi",
    leads: "chủ trì", coordinates: "phối hợp", shares: "cùng thực hiện", any: "mọi vai trò",
    understood: "Hiểu là", evidence: "Căn cứ trong kế hoạch", nearest: "Nội dung gần nhất trong kế hoạch", results: "Kết quả",
    none: "Không có kết quả", query: "Câu truy vấn SPARQL cho cùng kết quả", open_query: "Mở trong SPARQL", copy_link: "Chép đường dẫn",
    copy_citation: "Chép trích dẫn", copied: "Đã chép", csv: "CSV", json: "JSON", working: "Đang tìm…", answered: "Có câu trả lời",
    abstained: "Kế hoạch không trả lời câu này", error: "Không thực hiện được", outline: "Đề mục", filter: "Lọc theo chữ",
    all_agencies: "Mọi cơ quan", all_roles: "Mọi vai trò", all_kinds: "Mọi loại", shown: "nội dung", clear: "Bỏ lọc", heading_agency: "nêu ở đề mục",
    cites: "Văn bản", due: "Hạn", before: "trước", targets: "Chỉ tiêu", statements: "Nội dung", partners: "Làm việc cùng", documents: "Theo văn bản",
    name: "Tên", collective: "tập thể", joint: "nội dung chung", min_weight: "Ít nhất số nội dung chung", show_collective: "Hiện cơ quan tập thể",
    export_svg: "Tải SVG", export_png: "Tải PNG", graphml: "GraphML", gexf: "GEXF", network_lead: "Hai cơ quan được nối khi cùng có vai trò trong một nội dung; nét càng đậm, càng nhiều nội dung chung.",
    run: "Chạy", rows: "dòng", broker: "Cầu nối", broker_why: "Tỷ lệ đường ngắn nhất giữa các cơ quan khác đi qua cơ quan này.", busiest: "Nhiều đối tác nhất", busiest_why: "Số cơ quan cùng có vai trò trong một nội dung.", links: "liên kết", people: "Bấm vào cơ quan để xem việc của cơ quan ấy.", sparql_lead: "Truy vấn đồ thị bằng SPARQL 1.1, chỉ đọc.",
    full: "Mở trong kế hoạch", sum: "nội dung", kind: "Loại", interpretation_agency: "cơ quan", topic: "chủ đề", document: "văn bản", truncated: "Kết quả bị cắt ở giới hạn",
    yes: "Có", no: "Không", back: "Tất cả cơ quan", loading: "Đang tải…", intent: "hỏi về", sort: "Sắp theo",
    matrix: "Ma trận", matrix_lead: "Số nội dung mà mỗi cơ quan có vai trò trong từng lĩnh vực; dấu * khi chủ trì. Bấm vào ô để đọc.", all_topics: "Mọi chủ đề", all_documents: "Mọi văn bản", any_time: "Có hạn hay không", with_deadline: "Có thời hạn",
    correct: "Hiểu chưa đúng? Sửa lại", asks_for: "hỏi về", role: "vai trò", no_role: "không nói", no_agency: "không nói", ask_again: "Hỏi lại", or_ask: "Hoặc:", queries: "Câu hỏi mẫu", choose_query: "Chọn một câu hỏi…",
    kinds: { theme: "chủ đề năm", motto: "phương châm", goal: "mục tiêu", directive: "trọng tâm chỉ đạo", task: "nhiệm vụ", assignment: "giao việc", arrangement: "tổ chức thực hiện", context: "dẫn" },
    intents: { agencies: "cơ quan", tasks: "nhiệm vụ", documents: "văn bản", indicators: "chỉ tiêu", deadlines: "thời hạn", count: "số lượng", network: "mạng lưới", statements: "nội dung", people: "người", places: "địa điểm" },
  },
  en: {
    skip: "Skip to content", sections: "Sections", ask: "Ask", plan: "Plan", agencies: "Agencies", network: "Network",
    theme: "Light or dark", foot: "Every answer shows the plan's own words.", other: "Tiếng Việt",
    title: "Who does what in the plan?", lead: "Ask in Vietnamese, with or without diacritics, or in English. The answer shows the sentence it rests on.",
    question: "Question", placeholder: "For example: which units coordinate on investment promotion?", go: "Ask", examples: "Try",
    leads: "leads", coordinates: "coordinates", shares: "shares", any: "any role",
    understood: "Understood as", evidence: "Evidence in the plan", nearest: "Closest statements in the plan", results: "Results",
    none: "No results", query: "The SPARQL query that gives the same results", open_query: "Open in SPARQL", copy_link: "Copy link",
    copy_citation: "Copy citation", copied: "Copied", csv: "CSV", json: "JSON", working: "Looking…", answered: "Answered",
    abstained: "The plan does not answer this", error: "That did not work", outline: "Headings", filter: "Filter by words",
    all_agencies: "All agencies", all_roles: "All roles", all_kinds: "All kinds", shown: "statements", clear: "Clear filters", heading_agency: "named in the heading",
    cites: "Documents", due: "Due", before: "before", targets: "Targets", statements: "Statements", partners: "Works with", documents: "Under documents",
    name: "Name", collective: "collective", joint: "statements together", min_weight: "At least this many statements together", show_collective: "Show collective actors",
    export_svg: "Save SVG", export_png: "Save PNG", graphml: "GraphML", gexf: "GEXF", network_lead: "Two agencies are joined when they hold roles in the same statement; the thicker the line, the more statements.",
    run: "Run", rows: "rows", broker: "Brokers", broker_why: "The share of shortest paths between other agencies that pass through it.", busiest: "Most connected", busiest_why: "How many agencies it holds statements with.", links: "links", people: "Choose an agency to see its work.", sparql_lead: "Query the graph in SPARQL 1.1, read-only.",
    full: "Open in the plan", sum: "statements", kind: "Kind", interpretation_agency: "agency", topic: "topic", document: "document", truncated: "The result was cut at the limit",
    yes: "Yes", no: "No", back: "All agencies", loading: "Loading…", intent: "asks for", sort: "Sort by",
    matrix: "Matrix", matrix_lead: "How many statements each agency holds a role in, by policy field; * where it leads. Choose a cell to read them.", all_topics: "All topics", all_documents: "All documents", any_time: "With or without a deadline", with_deadline: "With a deadline",
    correct: "Not what you meant? Put it right", asks_for: "asks for", role: "role", no_role: "not said", no_agency: "not said", ask_again: "Ask again", or_ask: "Or:", queries: "Worked questions", choose_query: "Choose a question…",
    kinds: { theme: "theme", motto: "motto", goal: "goal", directive: "directive", task: "task", assignment: "assignment", arrangement: "arrangement", context: "context" },
    intents: { agencies: "agencies", tasks: "tasks", documents: "documents", indicators: "targets", deadlines: "deadlines", count: "a count", network: "the network", statements: "statements", people: "people", places: "places" },
  },
};

export const EXAMPLES = {
  vi: [
    "Những đơn vị nào phối hợp về xúc tiến đầu tư?",
    "Ai chủ trì chuyển đổi số?",
    "So Tai chinh lam nhung viec gi?",
    "Nhiệm vụ nào phải xong trước ngày 15/01/2023?",
    "Có bao nhiêu chỉ tiêu về kinh tế?",
  ],
  en: [
    "which units coordinate on investment promotion",
    "Who leads digital transformation?",
    "What does the Department of Finance do?",
    "Which documents are cited on public investment?",
    "How many economic targets are there?",
  ],
};

let language = localStorage.getItem("language") || ((navigator.language || "vi").startsWith("vi") ? "vi" : "en");

export const current = () => language;

/** The word for `name` in the interface's language. */
export const t = (name) => WORDS[language][name] ?? name;

/** Change to the other language and keep the choice. */
export function switchLanguage() {
  language = language === "vi" ? "en" : "vi";
  localStorage.setItem("language", language);
}

/** Put the words of the current language into the static part of the page. */
export function translatePage() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-i18n]")) element.textContent = t(element.dataset.i18n);
  for (const element of document.querySelectorAll("[data-i18n-label]")) element.setAttribute("aria-label", t(element.dataset.i18nLabel));
  const button = document.getElementById("language");
  button.textContent = t("other");
  button.lang = language === "vi" ? "en" : "vi";
}

/** An agency's name in the interface's language, as far as it has one. */
export const agencyName = (agency) => (language === "en" && agency.name_en) || agency.name;
