package io.ringtape.cli.output;

/**
 * Text inside HTML that is XML too.
 * <p>
 * Thread safety: stateless.
 * Allocation: text.
 */
public final class Html
{
    private Html()
    {
    }

    /**
     * A text as content of an element or of a quoted attribute.
     *
     * @param text any.
     * @return what shows it.
     */
    public static String escape(final String text)
    {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
