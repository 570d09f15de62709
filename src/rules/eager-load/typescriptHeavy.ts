/**
 * Packages that take long to load or to download: compilers, browsers, image and document libraries, charts, editors,
 * cloud SDKs in one piece. From 200 KB of script on, or with a native library of several megabytes.
 */
const HEAVY =
  /^(?:typescript|ts-morph|prettier|eslint|webpack|rollup|@babel\/core|sass|puppeteer(?:-core)?|playwright(?:-core)?|@playwright\/test|sharp|canvas|jimp|fluent-ffmpeg|@ffmpeg\/ffmpeg|tesseract\.js|@tensorflow\/tfjs(?:-node)?|@xenova\/transformers|@huggingface\/transformers|onnxruntime-(?:node|web)|aws-sdk|googleapis|firebase-admin|exceljs|xlsx|pdfkit|pdfmake|pdf-parse|pdf-lib|pdfjs-dist|jspdf|jspdf-autotable|html2canvas|jsdom|mathjs|three|monaco-editor|mermaid|shiki|highlight\.js|@faker-js\/faker|@react-pdf\/renderer|mammoth|docx|plotly\.js(?:-dist(?:-min)?)?|echarts|cytoscape|mapbox-gl|maplibre-gl|lottie-web|@emoji-mart\/data|zxcvbn|quill|codemirror|heic2any|ag-grid-community|handsontable|libsodium-wrappers|moment-timezone|natural|node-forge)$/;

export const isHeavy = (module: string): boolean => HEAVY.test(module);
