extension ByteMutator {
    /// A document as an editor or a drawing canvas writes it, with numbers at random.
    mutating func editedSVG() -> [UInt8] {
        var text: [UInt8] = []
        for part in Self.editedDocuments[below(Self.editedDocuments.count)].split(separator: "@") {
            if !text.isEmpty { text += "\(Double(below(40_000)) / 100 - 20)".utf8 }
            text += part.utf8
        }
        return text
    }

    /// Documents of all that is read of SVG; `@` is a number.
    private static let editedDocuments = [
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200"><rect width="100%" height="100%"/>
        <g fill="none" stroke="#fff" stroke-width="@" stroke-linecap="round"><path d="M@ @Q@ @ @ @T@ @t@ 9"/><path d="M@,@C@ @ @ @ @ @S@ \
        @ @ @"/><path d="m@ @a@ @ 20 01@ @A9 9 0 1 0 @ @z" stroke-linejoin="bevel"/><polyline points="@,@ @,@ @,@"/></g></svg>
        """,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" preserveAspectRatio="xMinYMax slice" width="250" height="250">
        <style>.a,.b{fill:none;stroke:#000;stroke-width:@px}#c.b{stroke-linecap:square !important}path{stroke-miterlimit:3}
        </style><path class="a" d="M@ @L@ @ @ @z"/><line id="c" class="b" x1="@" y2="@"/>
        <circle cx="@" cy="@" r="20"/><ellipse cx="@" cy="@" rx="30" ry="9" transform="rotate(@ 9 9)"/></svg>
        """,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="80mm" height="60mm" fill="none"><g clip-path="url(#k)"><path fill="#123" \
        d="M@ @L@ @ @ @ @ @ @ @zM@ @h@v@H@z"/><path fill-rule="evenodd" style="fill:#112233;stroke:rgb(17,34,51);stroke-width:3" \
        d="M@ @L@ @ @ @zm@ @h9v9"/></g><defs><clipPath id="k"><rect width="100%" height="100%"/></clipPath></defs></svg>
        """,
        """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="200" color="red">
        <symbol id="s" viewBox="0 0 99 99" overflow="visible"><g id="g" fill="currentColor"><rect x="@" y="1" width="30" height="20" \
        rx="5"/><polygon points="@ @ @ @ @ @"/></g></symbol><use xlink:href="#s" x="@" width="50" height="70"/>
        <use href="#g" transform="translate(@ 9) scale(.5 -.5)"/><svg x="9" width="90" height="90" overflow="visible"><path \
        vector-effect="non-scaling-stroke" fill="none" stroke="red" stroke-width="5%" d="M@ @l9 9h0 -5"/></svg></svg>
        """,
    ]
}
