#include "print/words.hpp"

#include "messages/reports.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace noctis {

namespace {

constexpr size_t languages = 5;
constexpr std::array<const char*, languages> language_names{"en", "de", "fr", "es", "sw"};

using translations = std::array<const char*, languages>;

constexpr std::array<translations, static_cast<size_t>(print_word::count_of_words)> words{{
    {"Clinical information", "Klinische Angaben", "Renseignements cliniques", "Información clínica",
     "Taarifa za kliniki"},
    {"Technique", "Technik", "Technique", "Técnica", "Mbinu"},
    {"Comparison", "Voruntersuchungen", "Comparaison", "Comparación", "Ulinganisho"},
    {"Findings", "Befund", "Résultats", "Hallazgos", "Matokeo"},
    {"Impression", "Beurteilung", "Conclusion", "Impresión", "Hitimisho"},
    {"Recommendations", "Empfehlungen", "Recommandations", "Recomendaciones", "Mapendekezo"},
    {"Addendum", "Nachtrag", "Addendum", "Adenda", "Nyongeza"},
    {"Report", "Bericht", "Compte rendu", "Informe", "Ripoti"},
    {"Patient", "Patient", "Patient", "Paciente", "Mgonjwa"},
    {"Patient ID", "Patienten-ID", "N° de patient", "ID del paciente", "Namba ya mgonjwa"},
    {"Date of birth", "Geburtsdatum", "Date de naissance", "Fecha de nacimiento", "Tarehe ya kuzaliwa"},
    {"Sex", "Geschlecht", "Sexe", "Sexo", "Jinsia"},
    {"Examination", "Untersuchung", "Examen", "Estudio", "Uchunguzi"},
    {"Date", "Datum", "Date", "Fecha", "Tarehe"},
    {"Accession number", "Auftragsnummer", "N° de demande", "Número de acceso", "Namba ya ombi"},
    {"Referring physician", "Zuweisung", "Médecin demandeur", "Médico solicitante", "Daktari aliyeomba"},
    {"Key images", "Schlüsselbilder", "Images clés", "Imágenes clave", "Picha muhimu"},
    {"Values and their sources", "Werte und ihre Herkunft", "Valeurs et leurs sources", "Valores y sus fuentes",
     "Vipimo na vyanzo vyake"},
    {"machine-made, not for diagnosis", "maschinell, nicht zur Diagnose", "automatique, pas pour le diagnostic",
     "automático, no para diagnóstico", "imetolewa na mashine, si kwa utambuzi"},
    {"measured by a reader", "gemessen", "mesuré par un lecteur", "medido por un lector", "imepimwa na msomaji"},
    {"Draft", "Entwurf", "Brouillon", "Borrador", "Rasimu"},
    {"Preliminary", "Vorläufig", "Provisoire", "Preliminar", "Ya awali"},
    {"Final", "Endgültig", "Définitif", "Definitivo", "Ya mwisho"},
    {"Amended", "Geändert", "Modifié", "Enmendado", "Imerekebishwa"},
    {"Version", "Fassung", "Version", "Versión", "Toleo"},
    {"Signed by", "Signiert von", "Signé par", "Firmado por", "Imesainiwa na"},
    {"Digest (SHA-256)", "Prüfsumme (SHA-256)", "Empreinte (SHA-256)", "Resumen (SHA-256)", "Muhtasari (SHA-256)"},
    {"Not signed", "Nicht signiert", "Non signé", "Sin firmar", "Haijasainiwa"},
    {"The signature is broken: what is kept is no longer what was signed.",
     "Die Signatur ist ungültig: Was gespeichert ist, ist nicht mehr das, was signiert wurde.",
     "La signature est rompue : le contenu n'est plus celui qui a été signé.",
     "La firma está rota: lo guardado ya no es lo que se firmó.",
     "Saini imevunjika: kilichohifadhiwa si kile kilichosainiwa tena."},
    {"This image cannot be shown.", "Dieses Bild kann nicht gezeigt werden.", "Cette image ne peut pas être montrée.",
     "Esta imagen no se puede mostrar.", "Picha hii haiwezi kuonyeshwa."},
}};

/// The first part of a language tag, in lower case.
std::string primary(const std::string& language) {
  auto result = language.substr(0, language.find('-'));
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

} // namespace

const char* printed(print_word word, const std::string& language) {
  const auto found = std::find(language_names.begin(), language_names.end(), primary(language));
  const auto which = found == language_names.end() ? 0 : static_cast<size_t>(found - language_names.begin());
  return words.at(static_cast<size_t>(word))[which];
}

std::string printed_heading(const std::string& heading, const std::string& language) {
  const auto& all = report_headings();
  const auto found = std::find(all.begin(), all.end(), heading);
  if (found == all.end()) return heading;
  return printed(static_cast<print_word>(found - all.begin()), language);
}

std::string printed_status(const std::string& status, const std::string& language) {
  if (status == "preliminary") return printed(print_word::preliminary, language);
  if (status == "final") return printed(print_word::final_report, language);
  if (status == "amended") return printed(print_word::amended, language);
  return printed(print_word::draft, language);
}

bool is_right_to_left(const std::string& language) {
  constexpr std::array<const char*, 8> all{"ar", "he", "fa", "ur", "ps", "sd", "yi", "dv"};
  return std::find(all.begin(), all.end(), primary(language)) != all.end();
}

} // namespace noctis
