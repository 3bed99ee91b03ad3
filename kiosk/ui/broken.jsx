// When a page breaks: our words instead of a stack trace, and a way out. A screen in the hall finds it by itself.
import { Component } from "react";
import { Icon } from "./icons.jsx";
import { Words } from "./words_both.jsx";

const AGAIN_MS = 15_000;

/** @typedef {import("./words.js").Texts} Texts */
/** @typedef {{ texts: Texts, children?: import("react").ReactNode }} Props */

/** @extends {Component<Props, { broken: boolean }>} */
export class Broken extends Component {
  /** @param {Props} props */
  constructor(props) {
    super(props);
    this.state = { broken: false };
  }

  static getDerivedStateFromError() {
    return { broken: true };
  }

  /** @param {unknown} error */
  componentDidCatch(error) {
    console.error("page broke", error);
    setTimeout(() => window.location.replace("/"), AGAIN_MS);
  }

  render() {
    if (!this.state.broken) return this.props.children;
    const { texts } = this.props;
    return (
      <main className="main broken">
        <Icon name="warning-circle" />
        <h1>
          <Words of={texts.broken} />
        </h1>
        <p className="lead">
          <Words of={texts.broken_help} />
        </p>
        <a className="btn primary" href="/">
          <Words of={texts.to_start} />
        </a>
      </main>
    );
  }
}
