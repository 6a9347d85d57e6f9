/** The page's style sheets, one after the other: written by `cargo xtask package`. */
declare const styles: string;
export default styles;
