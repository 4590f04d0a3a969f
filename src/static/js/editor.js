// The writing desk. Without it the form is a plain form that works.

import "./editor/saving.js";
import "./editor/marks.js";
import "./editor/links.js";
import "./editor/pictures.js";
import "./editor/pasting.js";
import "./editor/places.js";
