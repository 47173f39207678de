package io.ringtape.cli.backtest;

/**
 * Text inside HTML.
 * <p>
 * Thread safety: stateless.
 * Allocation: text.
 */
final class Html
{
    private Html()
    {
    }

    static String escape(final String text)
    {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
