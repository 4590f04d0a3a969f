// The matrix. Without it every question opens on a page of its own and nothing of a visitor is kept.

import "./matrix/opening.js";
import "./matrix/progress.js";
import "./matrix/hints.js";
import "./matrix/copying.js";
