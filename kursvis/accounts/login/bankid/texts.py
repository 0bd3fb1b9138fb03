"""BankID's recommended messages, in Swedish and English, as BankID words them for relying parties."""

from kursvis.accounts.login.bankid.rules import Message

M = Message
SWEDISH: dict[Message, str] = {
    M.RFA1: "Starta BankID-appen.",
    M.RFA3: "Åtgärden avbröts. Försök igen.",
    M.RFA4: "En identifiering eller underskrift pågår redan för ditt personnummer. Försök igen.",
    M.RFA5: "Något gick fel. Försök igen.",
    M.RFA6: "Åtgärden avbröts.",
    M.RFA8: "BankID-appen svarar inte. Kontrollera att den är startad och att du har internetanslutning. Försök sedan "
    "igen.",
    M.RFA9_LOGIN: "Skriv in din säkerhetskod i BankID-appen och välj Identifiera.",
    M.RFA9_SIGN: "Skriv in din säkerhetskod i BankID-appen och välj Skriv under.",
    M.RFA13: "Försöker starta BankID-appen.",
    M.RFA15A: "Söker efter BankID. Säkerställ att du har ett giltigt BankID på den här datorn. Om du har ett BankID på "
    "kort, sätt in kortet i kortläsaren.",
    M.RFA15B: "Söker efter BankID. Säkerställ att du har ett giltigt BankID på den här enheten.",
    M.RFA16: "Ditt BankID är för gammalt eller spärrat. Använd ett annat BankID eller skaffa ett nytt hos din bank.",
    M.RFA17A: "Du verkar inte ha BankID-appen. Installera den och skaffa ett BankID hos din bank.",
    M.RFA17B: "Misslyckades att läsa av QR-koden. Starta BankID-appen och läs av QR-koden.",
    M.RFA21: "En identifiering eller underskrift pågår.",
    M.RFA22: "Något gick fel. Försök igen.",
    M.RFA23: "Fotografera och läs av din ID-handling med BankID-appen.",
}
ENGLISH: dict[Message, str] = {
    M.RFA1: "Start your BankID app.",
    M.RFA3: "The action was cancelled. Please try again.",
    M.RFA4: "An identification or signature is already in progress for your personal identity number. Please try "
    "again.",
    M.RFA5: "Something went wrong. Please try again.",
    M.RFA6: "The action was cancelled.",
    M.RFA8: "The BankID app is not responding. Please check that it's started and that you have internet access. Try "
    "again.",
    M.RFA9_LOGIN: "Enter your security code in the BankID app and select Identify.",
    M.RFA9_SIGN: "Enter your security code in the BankID app and select Sign.",
    M.RFA13: "Trying to start your BankID app.",
    M.RFA15A: "Searching for BankID. Please make sure you have a valid BankID on this computer. If you have a BankID "
    "on card, please insert the card into your card reader.",
    M.RFA15B: "Searching for BankID. Please make sure you have a valid BankID on this device.",
    M.RFA16: "Your BankID is blocked or too old. Please use another BankID or get a new one from your bank.",
    M.RFA17A: "You don't seem to have the BankID app. Please install it and get a BankID from your bank.",
    M.RFA17B: "Failed to scan the QR code. Start the BankID app and scan the QR code.",
    M.RFA21: "An identification or signing is in progress.",
    M.RFA22: "Something went wrong. Please try again.",
    M.RFA23: "Take a photo of, and scan, your ID document with the BankID app.",
}


def text_of(message: Message, *, language: str) -> str:
    """Return a message in English ("en"), or in Swedish."""
    return (ENGLISH if language == "en" else SWEDISH)[message]
