/** Where the pages begin. */
import { render } from "preact";
import { App } from "./app";
import { locale } from "./words";
import "./style/index.css";

document.documentElement.lang = locale.value;
const place = document.getElementById("app");
if (place) render(<App />, place);
